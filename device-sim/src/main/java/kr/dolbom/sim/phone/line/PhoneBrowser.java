package kr.dolbom.sim.phone.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The browser of one phone: opens the links of its messages and presses the button of the page; at once, late or
/// twice. Thread-safe.
public final class PhoneBrowser {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"']+");

    private final Network network;
    private final Monitor monitor;
    private final Phone phone;
    private final List<LinkVisit> visits = new ArrayList<>();
    private LinkHabit habit = LinkHabit.NONE;
    private String latestLink = "";

    PhoneBrowser(Network network, Phone phone) {
        this.network = network;
        this.monitor = network.monitor();
        this.phone = phone;
    }

    /// What the owner does with links by themselves.
    public LinkHabit habit() {
        return monitor.read(() -> habit);
    }

    /// Sets what the owner does with links by themselves, from the next message on.
    public PhoneBrowser habit(LinkHabit next) {
        monitor.update(() -> habit = next);
        return this;
    }

    /// What was opened and pressed, oldest first.
    public List<LinkVisit> visits() {
        return monitor.read(() -> List.copyOf(visits));
    }

    /// Opens the link at the end of the latest message that has one, waiting up to 10 s for such a message; [#press()]
    /// then presses the button behind it.
    ///
    /// @throws IllegalStateException when there is no such message in time
    public LinkVisit openLink() {
        return openLink(Phone.PATIENCE);
    }

    /// As [#openLink()], waiting up to `limit`.
    public LinkVisit openLink(Duration limit) {
        if (!monitor.await(() -> !latestLink.isEmpty(), limit)) {
            throw new IllegalStateException("Phone %s did not get a message with a link within %s; its texts: %s"
                    .formatted(phone.number(), limit, phone.texts()));
        }
        return open(monitor.read(() -> latestLink));
    }

    /// Opens any address, such as that of an older text.
    public LinkVisit open(String url) {
        return keep(network.linkClient().open(url));
    }

    /// Presses the button of the page that was opened last. A page stays open as long as its owner likes: the
    /// button can be pressed late, and twice.
    ///
    /// @throws IllegalStateException when no page was opened, or it has no button
    public LinkVisit press() {
        LinkVisit seen = visits().reversed().stream()
                .filter(visit -> visit.method().equals("GET"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Phone %s has opened no link".formatted(phone.number())));
        return network.linkClient()
                .press(seen)
                .map(this::keep)
                .orElseThrow(() -> new IllegalStateException("The page at %s has no button; HTTP %d: %s"
                        .formatted(seen.url(), seen.status(), seen.words())));
    }

    /// Waits until so much was opened and pressed, and gives it all.
    ///
    /// @throws IllegalStateException when it is less in time
    public List<LinkVisit> awaitVisits(int count, Duration limit) {
        if (!monitor.await(() -> visits.size() >= count, limit)) {
            throw new IllegalStateException("Phone %s did not visit %d pages within %s; visited: %s"
                    .formatted(phone.number(), count, limit, visits()));
        }
        return visits();
    }

    /// Notices the link of a message that has just come.
    void received(String message) {
        Optional<String> link =
                ADDRESS.matcher(message).results().map(MatchResult::group).reduce((first, second) -> second);
        link.ifPresent(address -> {
            LinkHabit now = monitor.update(() -> {
                latestLink = address;
                return habit;
            });
            if (now.times() > 0) {
                Thread.ofVirtual().name("link-" + phone.number()).start(() -> follow(address, now));
            }
        });
    }

    private void follow(String link, LinkHabit now) {
        network.awaitClosed(now.after());
        for (int i = 0; i < now.times() && !network.isClosed(); i++) {
            LinkVisit seen = open(link);
            if (now.presses()) {
                network.linkClient().press(seen).ifPresent(this::keep);
            }
        }
    }

    private LinkVisit keep(LinkVisit visit) {
        monitor.update(() -> visits.add(visit));
        return visit;
    }
}

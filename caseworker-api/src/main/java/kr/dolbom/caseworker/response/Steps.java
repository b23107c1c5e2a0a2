package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.LinkToken;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.Slot;
import kr.dolbom.caseworker.phone.PhoneTrouble;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import kr.dolbom.caseworker.roster.Recipient;

/// Writes down the texts and calls of a step, and says what goes out when that is committed. All methods work in the
/// caller's transaction, which has locked the alert.
@Singleton
public final class Steps {
    private static final Set<Channel> ALL = Set.of(Channel.VOICE, Channel.SMS);

    private final TextMessage textMessage;

    Steps(TextMessage textMessage) {
        this.textMessage = textMessage;
    }

    /// Calls the people of a place in the policy.
    List<Outgoing> take(Connection connection, Alert alert, int number, Slot slot, Instant now) {
        List<Outgoing> outgoing = new ArrayList<>();
        // Always in the same order: two alerts that call the same people must not wait for each other.
        slot.recipients().stream()
                .sorted(Comparator.comparing(Recipient::phone))
                .forEach(recipient -> outgoing.addAll(
                        reach(connection, alert, number, Purpose.ALERT, recipient, slot.channels(), now)));
        return outgoing;
    }

    /// Asks whoever has the alert whether they still do.
    List<Outgoing> remind(Connection connection, Alert alert, int number, Instant now) {
        Recipient owner = People.get(connection, Objects.requireNonNull(alert.acknowledgedBy()));
        Timeline.add(connection, alert.alertId(), now, EventType.REMINDED, Timeline.PLATFORM, Map.of());
        return reach(connection, alert, number, Purpose.REMINDER, owner, ALL, now);
    }

    /// Asks somebody to take the alert over.
    public List<Outgoing> handOver(Connection connection, Alert alert, Recipient to, Instant now) {
        return reach(
                connection, alert, Attempts.nextStep(connection, alert.alertId()), Purpose.HAND_OVER, to, ALL, now);
    }

    /// Gives the alert to whoever has another one about the same resident, by a text and without a ring.
    List<Outgoing> join(Connection connection, Alert alert, Alert.Person owner, Instant now) {
        AlertStore.give(connection, alert.alertId(), owner, now);
        Timeline.add(
                connection,
                alert.alertId(),
                now,
                EventType.JOINED,
                Timeline.PLATFORM,
                Map.of("person", owner.id().toString()));
        int number = Attempts.nextStep(connection, alert.alertId());
        Recipient recipient = People.get(connection, owner);
        return reach(connection, alert, number, Purpose.NOTICE, recipient, Set.of(Channel.SMS), now);
    }

    private List<Outgoing> reach(
            Connection connection,
            Alert alert,
            int number,
            Purpose purpose,
            Recipient recipient,
            Set<Channel> wanted,
            Instant now) {
        List<Outgoing> outgoing = new ArrayList<>();
        var step = new Attempts.New(alert.alertId(), Attempts.urgency(alert), number, purpose, recipient, now);
        List<PhoneTrouble> troubles = PhoneTroubles.list(connection, recipient.phone(), now).stream()
                .filter(trouble -> wanted.contains(trouble.channel()))
                .toList();
        Set<Channel> channels = new HashSet<>(wanted);
        troubles.forEach(trouble -> channels.remove(trouble.channel()));
        if (channels.isEmpty()) {
            troubles.forEach(trouble -> Attempts.addSkipped(connection, step, trouble.channel(), trouble.code()));
        }
        boolean isBundled = false;
        if (channels.contains(Channel.VOICE)) {
            switch (Attempts.addCall(connection, step)) {
                case Attempts.Call.Own(UUID attemptId) -> outgoing.add(new Outgoing.Call(attemptId, recipient.phone()));
                case Attempts.Call.Bundled(UUID attemptId) ->
                    isBundled = alert.drill() || !isDrill(connection, attemptId);
                case Attempts.Call.Engaged _ -> {}
            }
        }
        // The call that tells of several alerts has a text of its own already.
        if (channels.contains(Channel.SMS) && !isBundled) {
            LinkToken link = LinkToken.generate();
            UUID attemptId = Attempts.add(connection, step, Channel.SMS, link);
            outgoing.add(new Outgoing.Text(attemptId, recipient.phone(), textMessage.of(alert, recipient, link)));
        }
        return outgoing;
    }

    /// Whether the call that tells of several alerts was made for a drill: its text says so, and is none for others.
    private static boolean isDrill(Connection connection, UUID bundledId) {
        return Attempts.find(connection, bundledId)
                .flatMap(bundled -> Optional.ofNullable(bundled.bundleOf()))
                .flatMap(lead -> Attempts.find(connection, lead))
                .flatMap(lead -> AlertStore.find(connection, lead.alertId(), null))
                .map(Alert::drill)
                .orElse(false);
    }
}

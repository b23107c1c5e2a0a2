package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.escalation.AlimTalkSettings;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.Slot;
import kr.dolbom.caseworker.phone.PhoneTroubles;
import kr.dolbom.caseworker.push.PushSubscriptions;
import kr.dolbom.caseworker.roster.Recipient;

/// Writes down the messages and calls of a step; they go out when that is committed. All methods work in the caller's
/// transaction, which has locked the alert.
@Singleton
public final class Steps {
    private static final Set<Channel> ALL = Set.of(Channel.VOICE, Channel.SMS);

    private final TextInstead textInstead;
    private final AlimTalkSettings alimTalk;

    Steps(TextInstead textInstead, AlimTalkSettings alimTalk) {
        this.textInstead = textInstead;
        this.alimTalk = alimTalk;
    }

    /// Calls the people of a place in the policy.
    void take(Connection connection, Alert alert, int number, Slot slot, Instant now) {
        // Always in the same order: two alerts that call the same people must not wait for each other.
        slot.recipients().stream()
                .sorted(Comparator.comparing(Recipient::phone))
                .forEach(recipient -> reach(connection, alert, number, Purpose.ALERT, recipient, slot.channels(), now));
    }

    /// Asks whoever has the alert whether they still do.
    void remind(Connection connection, Alert alert, int number, Instant now) {
        Recipient owner = People.get(connection, Objects.requireNonNull(alert.acknowledgedBy()));
        Timeline.add(connection, alert.alertId(), now, EventType.REMINDED, Timeline.PLATFORM, Map.of());
        reach(connection, alert, number, Purpose.REMINDER, owner, ALL, now);
    }

    /// Asks somebody to take the alert over.
    public void handOver(Connection connection, Alert alert, Recipient to, Instant now) {
        reach(connection, alert, Attempts.nextStep(connection, alert.alertId()), Purpose.HAND_OVER, to, ALL, now);
    }

    /// Gives the alert to whoever has another one about the same resident, by a text and without a ring.
    void join(Connection connection, Alert alert, Alert.Person owner, Instant now) {
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
        reach(connection, alert, number, Purpose.NOTICE, recipient, Set.of(Channel.SMS), now);
    }

    private void reach(
            Connection connection,
            Alert alert,
            int number,
            Purpose purpose,
            Recipient recipient,
            Set<Channel> wanted,
            Instant now) {
        var step = new Attempts.New(alert.alertId(), Attempts.urgency(alert), number, purpose, recipient, now);
        Map<Channel, String> unusable = unusable(connection, recipient, wanted, now);
        Set<Channel> channels = new HashSet<>(wanted);
        if (channels.remove(Channel.ALIMTALK)) {
            // A text is what comes in its place, later or at once: never both from the beginning.
            channels.remove(Channel.SMS);
            channels.add(unusable.containsKey(Channel.ALIMTALK) ? Channel.SMS : Channel.ALIMTALK);
        }
        if (unusable.keySet().containsAll(channels)) {
            channels.forEach(channel ->
                    Attempts.addSkipped(connection, step, channel, Objects.requireNonNull(unusable.get(channel))));
        }
        channels.removeAll(unusable.keySet());
        boolean isBundled = false;
        if (channels.contains(Channel.VOICE)) {
            switch (Attempts.addCall(connection, step)) {
                case Attempts.Call.Bundled(UUID attemptId) ->
                    // Whoever does not pick up a reminder can confirm each alert by its own link.
                    isBundled = purpose == Purpose.ALERT && (alert.drill() || !isDrill(connection, attemptId));
                case Attempts.Call.Own _, Attempts.Call.Engaged _ -> {}
            }
        }
        // The call that tells of several alerts has written messages of its own already.
        channels.remove(Channel.VOICE);
        if (!isBundled) {
            channels.stream().sorted().forEach(channel -> write(connection, alert, step, channel));
        }
    }

    private void write(Connection connection, Alert alert, Attempts.New step, Channel channel) {
        UUID attemptId = Attempts.addMessage(connection, step, channel);
        if (channel == Channel.ALIMTALK) {
            textInstead.await(connection, alert, attemptId, step.at());
        }
    }

    /// By which channels somebody cannot be reached now, and why not, in a word.
    private Map<Channel, String> unusable(
            Connection connection, Recipient recipient, Set<Channel> wanted, Instant now) {
        Map<Channel, String> unusable = new EnumMap<>(Channel.class);
        PhoneTroubles.list(connection, recipient.phone(), now)
                .forEach(trouble -> unusable.put(trouble.channel(), trouble.code()));
        if (!alimTalk.isSetUp()) {
            unusable.put(Channel.ALIMTALK, "no-provider");
        }
        if (wanted.contains(Channel.PUSH) && !PushSubscriptions.has(connection, recipient.person())) {
            unusable.put(Channel.PUSH, "no-browser");
        }
        return unusable;
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

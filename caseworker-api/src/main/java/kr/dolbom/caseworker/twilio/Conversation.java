package kr.dolbom.caseworker.twilio;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.desk.AlertDesk;
import kr.dolbom.caseworker.desk.Ownership;
import kr.dolbom.caseworker.desk.Takeover;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.response.Dispatch;

/// What is said in a call, and what a key does. One call tells of every alert that would have rung the same phone, in
/// order of urgency, and a key counts for all of them.
@Singleton
final class Conversation {
    private static final SendResult.Reached KEY = new SendResult.Reached(SendResult.Proof.KEY);
    private final TwilioSettings settings;
    private final PublicAddress address;
    private final Transactions transactions;
    private final AlertDesk desk;
    private final Ownership ownership;
    private final Dispatch dispatch;

    Conversation(
            TwilioSettings settings,
            PublicAddress address,
            Transactions transactions,
            AlertDesk desk,
            Ownership ownership,
            Dispatch dispatch) {
        this.settings = settings;
        this.address = address;
        this.transactions = transactions;
        this.desk = desk;
        this.ownership = ownership;
        this.dispatch = dispatch;
    }

    private record Told(Attempt attempt, Alert alert) {}

    /// Somebody, or something, has answered.
    String begin(Attempt attempt) {
        // From here on no other alert joins this call: it would not be told of.
        dispatch.report(attempt.attemptId(), AttemptState.ANSWERED, null, null);
        return tell(attempt, false);
    }

    /// Somebody pressed a key.
    ///
    /// @param digits what was pressed; empty for nothing
    String key(Attempt attempt, String digits) {
        return switch (digits) {
            case "1" -> yes(attempt);
            case "2" -> no(attempt);
            case "3" -> tell(attempt, false);
            default -> tell(attempt, true);
        };
    }

    private String tell(Attempt attempt, boolean wrongKey) {
        var script = new CallScript(attempt.language());
        URI keys = address.of("/twilio/key/" + attempt.attemptId());
        return switch (attempt.purpose()) {
            case ALERT, NOTICE -> {
                List<Told> told = told(attempt);
                List<Alert> free = told.stream()
                        .map(Told::alert)
                        .filter(Conversation::isFree)
                        .toList();
                yield free.isEmpty()
                        ? taken(script, attempt, told)
                        : script.alerts(free, keys, settings.keyTimeout(), wrongKey);
            }
            case REMINDER -> {
                List<Told> told = told(attempt);
                List<Alert> own = told.stream()
                        .map(Told::alert)
                        .filter(alert -> isOf(alert, attempt))
                        .toList();
                yield own.isEmpty()
                        ? taken(script, attempt, told)
                        : script.reminders(own, keys, settings.keyTimeout(), wrongKey);
            }
            case HAND_OVER -> {
                Alert alert = alertOf(attempt);
                Alert.Person owner = alert.acknowledgedBy();
                yield alert.isOpen() && owner != null && attempt.isOfferOf(alert)
                        ? script.handOver(alert, owner, keys, settings.keyTimeout(), wrongKey)
                        : taken(script, attempt, List.of(new Told(attempt, alert)));
            }
        };
    }

    private String yes(Attempt attempt) {
        var script = new CallScript(attempt.language());
        if (attempt.purpose() == Purpose.REMINDER) {
            List<Told> confirmed = told(attempt).stream()
                    .map(told -> new Told(told.attempt(), ownership.confirm(told.attempt(), KEY)))
                    .toList();
            return confirmed.stream().anyMatch(told -> isOf(told.alert(), attempt))
                    ? script.goodbye("call.confirmed")
                    : taken(script, attempt, confirmed);
        }
        List<Takeover> takeovers = told(attempt).stream()
                .map(told -> desk.take(told.attempt(), KEY.proof()))
                .toList();
        long taken = takeovers.stream().filter(Takeover.Taken.class::isInstance).count();
        if (taken == 0) {
            return taken(script, attempt, told(attempt));
        }
        return takeovers.size() == 1
                ? script.goodbye("call.taken")
                : script.goodbye("call.taken-several", taken, takeovers.size() - taken);
    }

    private String no(Attempt attempt) {
        var script = new CallScript(attempt.language());
        if (attempt.purpose() == Purpose.REMINDER) {
            List<Alert> givenBack = told(attempt).stream()
                    .map(told -> ownership.giveBack(told.attempt(), KEY))
                    .toList();
            return givenBack.stream().anyMatch(Alert::isOpen)
                    ? script.goodbye("call.passed-on")
                    : script.goodbye("call.over");
        }
        List<Told> told = told(attempt).stream()
                .map(one -> new Told(one.attempt(), desk.passOn(one.attempt())))
                .toList();
        boolean passedOn = attempt.purpose() == Purpose.HAND_OVER
                || told.stream().map(Told::alert).anyMatch(Conversation::isFree);
        return passedOn ? script.goodbye("call.passed-on") : taken(script, attempt, told);
    }

    /// All of them are taken or over.
    private static String taken(CallScript script, Attempt attempt, List<Told> told) {
        Optional<Alert.Person> owner = told.stream()
                .map(Told::alert)
                .filter(Alert::isOpen)
                .flatMap(alert -> Stream.ofNullable(alert.acknowledgedBy()))
                .findFirst();
        if (owner.isEmpty()) {
            return script.goodbye("call.over");
        }
        return owner.get().equals(attempt.person())
                ? script.goodbye("call.taken")
                : script.goodbye("call.taken-before", owner.get().name());
    }

    private static boolean isOf(Alert alert, Attempt attempt) {
        return alert.isOpen() && attempt.person().equals(alert.acknowledgedBy());
    }

    private static boolean isFree(Alert alert) {
        return alert.isOpen() && alert.acknowledgedBy() == null;
    }

    /// What the call tells of, most urgent first, drills last.
    private List<Told> told(Attempt attempt) {
        return transactions.run(connection -> {
            List<Attempt> attempts = new ArrayList<>(Attempts.listBundle(connection, attempt.attemptId()));
            attempts.addFirst(attempt);
            return attempts.stream()
                    .flatMap(one ->
                            AlertStore.find(connection, one.alertId(), null)
                                    .map(alert -> new Told(one, alert))
                                    .stream())
                    .sorted(Comparator.comparing((Told told) -> told.alert().drill())
                            .thenComparing(told -> told.alert().tier())
                            .thenComparing(told -> told.alert().raisedAt()))
                    .toList();
        });
    }

    private Alert alertOf(Attempt attempt) {
        return transactions
                .run(connection -> AlertStore.find(connection, attempt.alertId(), null))
                .orElseThrow(() -> new IllegalStateException("attempt %s has no alert".formatted(attempt.attemptId())));
    }
}

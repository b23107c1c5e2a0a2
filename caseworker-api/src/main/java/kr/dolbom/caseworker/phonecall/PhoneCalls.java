package kr.dolbom.caseworker.phonecall;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The calls that people ask for ([PhoneCallStart] begins them). First the caller's own phone rings;
/// when they press 1 they are led on to the other. In a group call all phones ring, and whoever
/// presses 1 comes into one room. What the provider asks and reports may come twice, late and in any
/// order. Safe for use by many threads.
@Singleton
public final class PhoneCalls {
    /// How many can be called into one room.
    public static final int MOST_PARTIES = 10;

    private static final Duration SILENCE = Duration.ofMinutes(1);
    /// No provider keeps a call for longer.
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private final Transactions transactions;
    private final Calls calls;
    private final Clock clock;

    PhoneCalls(Transactions transactions, Calls calls, Clock clock) {
        this.transactions = transactions;
        this.calls = calls;
        this.clock = clock;
    }

    /// A phone of which nothing was heard for long.
    ///
    /// @param legId which
    /// @param sid the provider's name for it; null when it gave none
    /// @param startedAt when the call was asked for
    public record Silent(UUID legId, @Nullable String sid, Instant startedAt) {
        /// Whether it must be over, whatever the provider says.
        public boolean isTooOld(Instant now) {
            return startedAt.isBefore(now.minus(LONGEST_CALL));
        }
    }

    /// Tells the alert from which a call is made how it stands.
    static void tell(
            Connection connection,
            UUID alertId,
            UUID callId,
            String actor,
            String state,
            List<Party> others,
            boolean isGroup,
            Instant now) {
        Map<String, String> detail = new HashMap<>();
        detail.put("call", callId.toString());
        detail.put("state", state);
        detail.put("to", isGroup ? "group" : others.getFirst().kind().word());
        Timeline.add(connection, alertId, now, EventType.PHONED, actor, detail);
        AlertStore.tellChange(connection, alertId);
    }

    PhoneCall get(UUID callId) {
        return transactions.run(
                connection -> PhoneCallTable.find(connection, callId).orElseThrow());
    }

    /// Ends a call: what rings stops, who talks is cut off.
    void cancel(Viewer viewer, UUID callId) {
        PhoneCall canceled = transactions.run(connection -> {
            PhoneCall seen = PhoneCallTable.find(connection, callId)
                    .filter(one -> viewer.officeNo() == null || one.officeNo() == viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("call", callId));
            PhoneCall call = PhoneCallTable.findAndLock(
                            connection, seen.caller().legId())
                    .orElseThrow();
            if (call.isOver()) {
                return call;
            }
            Instant now = clock.instant();
            PhoneCallTable.cancel(connection, call.number(), now);
            AuditLog.write(connection, viewer.actor(), "phone-call-ended", null, Map.of("call", callId.toString()));
            for (PhoneCall.Leg leg : call.legs()) {
                if (leg.state() == AttemptState.STARTING) {
                    PhoneCallTable.update(connection, leg.legId(), AttemptState.CANCELED, null, null, null, now);
                }
            }
            settle(connection, call.callId(), now);
            return call;
        });
        end(canceled.legs());
    }

    private void end(List<PhoneCall.Leg> legs) {
        for (PhoneCall.Leg leg : legs) {
            if (!leg.isOver() && leg.sid() != null) {
                calls.end(leg.sid());
            }
        }
    }

    /// The call as it stands.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none that this viewer may see
    PhoneCall get(Connection connection, Viewer viewer, UUID callId) {
        return PhoneCallTable.find(connection, callId)
                .filter(call -> viewer.officeNo() == null || call.officeNo() == viewer.officeNo())
                .orElseThrow(() -> Problem.notFound("call", callId));
    }

    /// Somebody, or something, has answered a phone: what they hear. Empty when it is none of these calls.
    public Optional<PhoneCallTurn> answered(UUID legId) {
        report(legId, AttemptState.ANSWERED, null, null);
        return transactions.run(connection ->
                PhoneCallTable.findAndLock(connection, legId).map(call -> ask(connection, call, leg(call, legId))));
    }

    private static PhoneCallTurn ask(Connection connection, PhoneCall call, PhoneCall.Leg leg) {
        String language = leg.party().language();
        if (call.canceledAt() != null) {
            return new PhoneCallTurn.Goodbye(language, "call.phone.ended");
        }
        boolean isOwn = leg.equals(call.caller());
        return new PhoneCallTurn.Ask(
                language,
                office(connection, call.officeNo(), language),
                call.caller().party().name(),
                isOwn ? (call.isGroup() ? "group" : "own") : "invited");
    }

    private static String office(Connection connection, int officeNo, String language) {
        return Sql.on(connection, "select name_ko, name_en from office where office_no = :office")
                .with("office", officeNo)
                .get(row -> row.text(language.equals("en") ? "name_en" : "name_ko"));
    }

    /// Somebody pressed a key, or none.
    ///
    /// @param key empty for none
    public Optional<PhoneCallTurn> pressed(UUID legId, String key) {
        return transactions.run(connection -> PhoneCallTable.findAndLock(connection, legId)
                .map(call -> {
                    PhoneCall.Leg leg = leg(call, legId);
                    if (!key.equals("1") || call.canceledAt() != null) {
                        return ask(connection, call, leg);
                    }
                    PhoneCallTable.update(connection, legId, leg.state(), clock.instant(), null, null, clock.instant());
                    if (call.isGroup()) {
                        return new PhoneCallTurn.Enter(call.callId().toString());
                    }
                    PhoneCall.Leg other = call.others().getFirst();
                    return new PhoneCallTurn.Connect(
                            other.legId(), Objects.requireNonNull(other.party().phone()));
                }));
    }

    /// The other's phone is done with, and the first goes on.
    ///
    /// @param state how it ended; null when it was no other phone but a room
    /// @param sid the provider's name for the other's call; null when there was none
    public Optional<PhoneCallTurn> talked(UUID legId, @Nullable AttemptState state, @Nullable String sid) {
        return find(legId).map(call -> {
            if (state != null && !call.isGroup()) {
                report(call.others().getFirst().legId(), state, sid, null);
            }
            String text = state == AttemptState.BUSY || state == AttemptState.NO_ANSWER || state == AttemptState.FAILED
                    ? "call.phone." + state.word()
                    : "";
            return new PhoneCallTurn.Goodbye(leg(call, legId).party().language(), text);
        });
    }

    private Optional<PhoneCall> find(UUID legId) {
        return transactions.run(connection -> PhoneCallTable.findAndLock(connection, legId));
    }

    static PhoneCall.Leg leg(PhoneCall call, UUID legId) {
        return call.legs().stream()
                .filter(leg -> leg.legId().equals(legId))
                .findFirst()
                .orElseThrow();
    }

    /// Notes what the provider reports; an old report changes nothing.
    ///
    /// @param sid the provider's name for it; null when unknown
    /// @param error the provider's code, or ours; null for nothing
    /// @return whether it was about one of these calls
    public boolean report(UUID legId, AttemptState next, @Nullable String sid, @Nullable String error) {
        Optional<List<PhoneCall.Leg>> alone =
                transactions.run(connection -> PhoneCallTable.findAndLock(connection, legId)
                        .map(call -> {
                            PhoneCall.Leg leg = leg(call, legId);
                            Instant now = clock.instant();
                            // Our own guess, made without the provider's name, counts less than what the provider says.
                            boolean guessed = leg.isOver() && leg.sid() == null && sid != null;
                            boolean news = leg.state().isOvertakenBy(next) || guessed;
                            // Whoever is dialled by the first phone is in as soon as they answer.
                            boolean joins = news
                                    && !call.isGroup()
                                    && !leg.equals(call.caller())
                                    && (next == AttemptState.ANSWERED || next == AttemptState.COMPLETED);
                            PhoneCallTable.update(
                                    connection,
                                    legId,
                                    news ? next : leg.state(),
                                    joins ? now : null,
                                    sid,
                                    news ? error : null,
                                    now);
                            return settle(connection, call.callId(), now);
                        }));
        alone.ifPresent(this::end);
        return alone.isPresent();
    }

    /// What follows from how the phones stand now.
    ///
    /// @return those that are to be ended, as nobody is there any more with whom they could talk
    private static List<PhoneCall.Leg> settle(Connection connection, UUID callId, Instant now) {
        PhoneCall call = PhoneCallTable.find(connection, callId).orElseThrow();
        if (!call.isGroup() && call.caller().isOver()) {
            PhoneCall.Leg other = call.others().getFirst();
            if (!other.isOver()) {
                AttemptState state =
                        other.state() == AttemptState.ANSWERED ? AttemptState.COMPLETED : AttemptState.CANCELED;
                PhoneCallTable.update(connection, other.legId(), state, null, null, null, now);
            }
            call = PhoneCallTable.find(connection, callId).orElseThrow();
        }
        if (call.isOver()) {
            if (PhoneCallTable.end(connection, call.number(), now) && call.alertId() != null) {
                String state = call.wasTalked() ? "talked" : "missed";
                List<Party> others =
                        call.others().stream().map(PhoneCall.Leg::party).toList();
                String actor = call.caller().party().id().toString();
                tell(connection, call.alertId(), callId, actor, state, others, call.isGroup(), now);
            }
            return List.of();
        }
        List<PhoneCall.Leg> live =
                call.legs().stream().filter(leg -> !leg.isOver()).toList();
        boolean isAlone = call.isGroup() && live.size() == 1;
        if (isAlone && live.getFirst().state() == AttemptState.STARTING) {
            UUID legId = live.getFirst().legId();
            PhoneCallTable.update(connection, legId, AttemptState.CANCELED, null, null, null, now);
            return settle(connection, callId, now);
        }
        return isAlone || call.canceledAt() != null ? live : List.of();
    }

    /// Phones of which nothing was heard for long; they count as asked about.
    public List<Silent> takeSilent() {
        return transactions.run(connection ->
                PhoneCallTable.takeSilent(connection, calls.ringTime().plus(SILENCE), clock.instant()));
    }

    /// Ends again what somebody had ended on the page, and the provider still has.
    public void endAgain(UUID legId) {
        find(legId).filter(call -> call.canceledAt() != null).ifPresent(call -> end(List.of(leg(call, legId))));
    }
}

package kr.dolbom.caseworker.phonecall;

import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.CallTurns;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins the calls that people ask for: whoever may not be called is told beforehand, and phones ring
/// when no call about an alert waits. What becomes of them is for [PhoneCalls]. Safe for use by many
/// threads.
@Singleton
final class PhoneCallStart {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneCallStart.class);
    /// How long a call waits while calls about alerts wait for their turn.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final PhoneCalls calls;
    private final Calls line;
    private final CallTurns turns;
    private final ExecutorService threads;
    private final Clock clock;

    PhoneCallStart(
            Transactions transactions,
            PhoneCalls calls,
            Calls line,
            CallTurns turns,
            @Named(TaskExecutors.BLOCKING) ExecutorService threads,
            Clock clock) {
        this.transactions = transactions;
        this.calls = calls;
        this.line = line;
        this.turns = turns;
        this.threads = threads;
        this.clock = clock;
    }

    /// What became of the wish to call somebody.
    sealed interface Begun {
        /// The caller's phone rings in a moment.
        record Started(UUID callId) implements Begun {}

        /// They have a call already.
        record Engaged(UUID callId) implements Begun {}

        /// It cannot be made.
        ///
        /// @param why a key of `calls.refused.…`
        record Refused(String why) implements Begun {}
    }

    /// Calls somebody, or several into one room.
    ///
    /// @param parties as forms name them
    /// @param alertId the alert from which it is made; null for none
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such person or alert for this viewer
    Begun begin(Viewer viewer, List<String> parties, boolean isGroup, @Nullable UUID alertId) {
        Begun begun = transactions.run(connection -> {
            Integer own = viewer.account().caseworkerNo();
            List<Party> others = parties.stream()
                    .distinct()
                    .map(party -> Party.get(connection, party, viewer.officeNo()))
                    .toList();
            Integer alertResident = alertId == null ? null : residentOf(connection, alertId, viewer);
            if (own == null) {
                return new Begun.Refused("no-own-phone");
            }
            lockCaller(connection, own);
            Optional<UUID> open = PhoneCallTable.findOpen(connection, own);
            if (open.isPresent()) {
                return new Begun.Engaged(open.get());
            }
            Party caller = Party.get(connection, PartyKind.CASEWORKER, own);
            String why = refusal(caller, others, isGroup);
            if (!why.isEmpty()) {
                return new Begun.Refused(why);
            }
            Instant now = clock.instant();
            UUID callId = PhoneCallTable.add(
                    connection, caller, others, viewer.account().login(), isGroup, alertId, now);
            audit(connection, viewer, callId, others, isGroup, alertResident);
            if (alertId != null) {
                PhoneCalls.tell(connection, alertId, callId, caller.id().toString(), "started", others, isGroup, now);
            }
            return new Begun.Started(callId);
        });
        if (begun instanceof Begun.Started(UUID callId)) {
            threads.execute(() -> place(callId));
        }
        return begun;
    }

    /// Two touches at the same time are one call.
    private static void lockCaller(Connection connection, int caseworkerNo) {
        Sql.on(connection, "select from caseworker where caseworker_no = :number for no key update")
                .with("number", caseworkerNo)
                .list(row -> row);
    }

    private static int residentOf(Connection connection, UUID alertId, Viewer viewer) {
        return AlertStore.find(connection, alertId, viewer.officeNo())
                .orElseThrow(() -> Problem.notFound("alert", alertId))
                .resident()
                .residentNo();
    }

    private static String refusal(Party caller, List<Party> others, boolean isGroup) {
        if (others.isEmpty() || (!isGroup && others.size() > 1)) {
            return "nobody";
        }
        if (others.size() > PhoneCalls.MOST_PARTIES) {
            return "too-many";
        }
        if (caller.phone() == null || !caller.mayBeCalled()) {
            return "no-own-phone";
        }
        for (Party other : others) {
            if (other.kind() == PartyKind.CASEWORKER && other.number() == caller.number()) {
                return "oneself";
            }
            if (isGroup && other.kind() == PartyKind.RESIDENT) {
                return "resident-in-group";
            }
            if (!other.mayBeCalled()) {
                return other.kind() == PartyKind.GUARDIAN ? "no-consent" : "left";
            }
            if (other.phone() == null) {
                return "no-number";
            }
        }
        return "";
    }

    private static void audit(
            Connection connection,
            Viewer viewer,
            UUID callId,
            List<Party> others,
            boolean isGroup,
            @Nullable Integer alertResident) {
        for (Party other : others) {
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    isGroup ? "group-call" : "phone-call",
                    other.residentNo() == null ? alertResident : other.residentNo(),
                    Map.of("call", callId.toString(), "party", other.kind().word() + ":" + other.id()));
        }
    }

    /// Rings: the caller, and in a group call the others too.
    private void place(UUID callId) {
        PhoneCall call = calls.get(callId);
        for (PhoneCall.Leg leg : call.isGroup() ? call.legs() : List.of(call.caller())) {
            place(callId, leg);
        }
    }

    private void place(UUID callId, PhoneCall.Leg leg) {
        if (!turns.await(
                LONGEST_WAIT,
                () -> PhoneCalls.leg(calls.get(callId), leg.legId()).state() == AttemptState.STARTING)) {
            calls.report(leg.legId(), AttemptState.CANCELED, null, "alerts-first");
            return;
        }
        SendResult result =
                line.place(leg.legId(), Objects.requireNonNull(leg.party().phone()));
        switch (result) {
            case SendResult.Accepted _, SendResult.Delivered _, SendResult.Reached _ ->
                calls.report(leg.legId(), AttemptState.ACCEPTED, result.sid(), null);
            // The provider's words hold the phone number: its code is enough.
            case SendResult.Refused(int code, String _) -> refused(leg, code, result.word());
            case SendResult.TooOften(int code, String _) -> refused(leg, code, result.word());
            // It may ring all the same; when it does not, the sweep ends it.
            case SendResult.Unknown _ ->
                LOG.warn("The provider gave no answer to a call from the console leg={}", leg.legId());
        }
    }

    private void refused(PhoneCall.Leg leg, int code, String word) {
        LOG.warn("The provider refused a call from the console leg={} result=\"{}\"", leg.legId(), word);
        calls.report(leg.legId(), AttemptState.FAILED, null, Integer.toString(code));
    }
}

package kr.dolbom.caseworker.checkin;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.CallTurns;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.secrecy.HiddenNumbers;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Planned conversations by phone: makes the call, and says what is to be asked next. The provider may
/// ask twice: an answer counts once. Safe for use by many threads.
@Singleton
public final class CheckInCalls {
    private static final Logger LOG = LoggerFactory.getLogger(CheckInCalls.class);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Calls calls;
    private final CallTurns turns;
    private final CheckInEnding ending;
    private final Clock clock;

    CheckInCalls(Transactions transactions, Calls calls, CallTurns turns, CheckInEnding ending, Clock clock) {
        this.transactions = transactions;
        this.calls = calls;
        this.turns = turns;
        this.ending = ending;
        this.clock = clock;
    }

    /// What the call says next.
    ///
    /// @param language `ko` or `en`
    /// @param office the office's name in that language
    /// @param resident who is called
    /// @param question what is asked; null: nothing more
    /// @param isAgain whether it was asked just before and not understood
    /// @param isHelp whether help was asked for and is called
    public record Turn(
            String language,
            String office,
            String resident,
            @Nullable CheckInQuestion question,
            boolean isAgain,
            boolean isHelp) {}

    /// Whether there is such a call.
    public boolean isCall(UUID callId) {
        return transactions.run(connection -> findNumber(connection, callId).isPresent());
    }

    /// Somebody, or something, has answered.
    public Turn begin(UUID callId) {
        report(callId, AttemptState.ANSWERED, null, null);
        return transactions.run(connection -> {
            CheckIn checkIn = lock(connection, callId).orElse(null);
            if (checkIn == null) {
                return over(connection, callId);
            }
            List<CheckIn.Answered> answers = CheckInTable.listAnswers(connection, checkIn.number());
            return turn(checkIn, checkIn.next(answers), false, false);
        });
    }

    /// Something was pressed or said, or nothing.
    ///
    /// @param question what had been asked
    /// @param isAgain whether for the second time
    /// @param key what was pressed; empty for nothing
    /// @param words what was recognised; empty for nothing
    public Turn answer(UUID callId, CheckInQuestion question, boolean isAgain, String key, String words) {
        return transactions.run(connection -> {
            CheckIn checkIn = lock(connection, callId).orElse(null);
            CheckInAnswer answer = CheckInAnswer.of(key, words.strip());
            if (checkIn == null) {
                // The call's end may have been reported before its last words.
                return answer == CheckInAnswer.HELP ? helpLate(connection, callId) : over(connection, callId);
            }
            boolean isNothing = key.isEmpty() && words.isBlank();
            boolean isNext = question == checkIn.next(CheckInTable.listAnswers(connection, checkIn.number()));
            if (isNext && answer == CheckInAnswer.UNCLEAR && !isAgain) {
                return turn(checkIn, question, true, false);
            }
            if (isNothing) {
                // Nobody is there any more: it is over when the call is.
                return turn(checkIn, null, false, false);
            }
            String kept = checkIn.resident().wordsConsent() && !words.isBlank() ? words.strip() : null;
            Instant now = clock.instant();
            CheckInTable.answer(connection, checkIn, question, answer, kept, now);
            List<CheckIn.Answered> answers = CheckInTable.listAnswers(connection, checkIn.number());
            boolean isHelp = answer == CheckInAnswer.HELP;
            if (isHelp || checkIn.next(answers) == null) {
                ending.answered(connection, checkIn, answers, now);
                return turn(checkIn, null, false, isHelp);
            }
            return turn(checkIn, checkIn.next(answers), false, false);
        });
    }

    private static Turn turn(CheckIn checkIn, @Nullable CheckInQuestion question, boolean isAgain, boolean isHelp) {
        CheckIn.Resident resident = checkIn.resident();
        return new Turn(resident.language(), resident.office(), resident.name(), question, isAgain, isHelp);
    }

    private Turn helpLate(Connection connection, UUID callId) {
        int resident = Sql.on(connection, """
                        select k.resident_no from check_in_call c join check_in k using (check_in_no)
                         where c.call_id = :call""").with("call", callId).get(row -> row.number("resident_no"));
        ending.help(connection, resident, clock.instant());
        Turn over = over(connection, callId);
        return new Turn(over.language(), over.office(), over.resident(), null, false, true);
    }

    /// The conversation of a call is over: there is nothing more to ask.
    private static Turn over(Connection connection, UUID callId) {
        return Sql.on(connection, """
                        select r.language, r.name, case r.language when 'en' then o.name_en else o.name_ko end as office,
                               exists (select from check_in_answer a
                                        where a.check_in_no = c.check_in_no and a.answer = 'help') as help
                          from check_in_call c join check_in k using (check_in_no) join resident r using (resident_no)
                          join office o using (office_no)
                         where c.call_id = :call""")
                .with("call", callId)
                .get(row -> new Turn(
                        row.text("language"),
                        row.text("office"),
                        row.secret("name", SecretColumn.RESIDENT_NAME),
                        null,
                        false,
                        row.flag("help")));
    }

    /// Makes the call, once, when it has its turn, and notes what the provider said. One that has
    /// no turn in time is tried anew a minute later and counts for nothing.
    ///
    /// @param patience how long it waits for its turn
    void place(UUID callId, String phone, Duration patience) {
        if (!turns.await(patience, () -> true)) {
            putOff(callId);
            return;
        }
        SendResult result = calls.place(callId, phone);
        if (result instanceof SendResult.TooOften) {
            putOff(callId);
            return;
        }
        if (result.state() == AttemptState.FAILED) {
            LOG.warn("The provider did not take a planned call call={} result=\"{}\"", callId, result.word());
        }
        // Without an answer it may ring all the same: whoever answers is asked, and whoever does not is not
        // rung a second time now.
        if (!(result instanceof SendResult.Unknown)) {
            report(callId, result.state(), result.sid(), result.error());
        }
    }

    private void putOff(UUID callId) {
        LOG.info("A planned call waits: others go first call={}", callId);
        transactions.run(connection -> {
            Optional<CheckIn> checkIn = lock(connection, callId);
            checkIn.ifPresent(
                    one -> CheckInTable.putOff(connection, one, clock.instant().plus(LATER)));
            Sql.on(
                            connection,
                            "update check_in_call set state = 'canceled' where call_id = :call and state = 'starting'")
                    .with("call", callId)
                    .update();
            return checkIn;
        });
    }

    /// Notes what the provider reports; an old report changes nothing.
    ///
    /// @param sid the provider's name for it; null when unknown
    /// @param error what went wrong; null for nothing
    public void report(UUID callId, AttemptState next, @Nullable String sid, @Nullable String error) {
        transactions.run(connection -> {
            Optional<CheckIn> checkIn = lock(connection, callId);
            AttemptState before = Sql.on(connection, "select state from check_in_call where call_id = :call for update")
                    .with("call", callId)
                    .get(row -> AttemptState.get(row.text("state")));
            AttemptState state = before.isOvertakenBy(next) ? next : before;
            Sql.on(connection, """
                            update check_in_call set state = :state, provider_sid = coalesce(provider_sid, :sid),
                                                     error = coalesce(error, :error) where call_id = :call""")
                    .with("state", state.word())
                    .with("sid", sid)
                    .with("error", HiddenNumbers.in(error))
                    .with("call", callId)
                    .update();
            if (state.isOver()) {
                checkIn.ifPresent(one -> ending.unanswered(connection, one, clock.instant()));
            }
            return state;
        });
    }

    static boolean isOver(Connection connection, UUID callId) {
        return AttemptState.get(Sql.on(connection, "select state from check_in_call where call_id = :call")
                        .with("call", callId)
                        .get(row -> row.text("state")))
                .isOver();
    }

    private static Optional<Integer> findNumber(Connection connection, UUID callId) {
        return Sql.on(connection, "select check_in_no from check_in_call where call_id = :call")
                .with("call", callId)
                .find(row -> row.number("check_in_no"));
    }

    /// The conversation of a call, while this call is its latest and it is not over.
    private static Optional<CheckIn> lock(Connection connection, UUID callId) {
        return findNumber(connection, callId)
                .flatMap(number -> CheckInTable.findAndLock(connection, number))
                .filter(checkIn -> checkIn.state().equals("calling") && callId.equals(checkIn.callId()));
    }
}

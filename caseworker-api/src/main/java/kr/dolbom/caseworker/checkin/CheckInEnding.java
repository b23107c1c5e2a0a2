package kr.dolbom.caseworker.checkin;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.task.Tasks;
import kr.dolbom.caseworker.words.Words;

/// What follows from a conversation: a summary for the caseworker, a task for what is needed, an alert
/// where nobody answered, pain was told of, or help was asked for. All methods work in the caller's
/// transaction, which has locked the conversation.
@Singleton
final class CheckInEnding {
    private static final String FAMILY = "check-in";

    private static final int ATTEMPTS = 2;

    private final Tasks tasks;
    private final CheckInSettings settings;

    CheckInEnding(Tasks tasks, CheckInSettings settings) {
        this.tasks = tasks;
        this.settings = settings;
    }

    /// All was answered that will be.
    void answered(Connection connection, CheckIn checkIn, List<CheckIn.Answered> answers, Instant now) {
        CheckInTable.end(
                connection,
                checkIn,
                "answered",
                summary(Words.KO, checkIn, answers),
                summary(Words.EN, checkIn, answers),
                now);
        for (CheckIn.Answered answered : answers) {
            boolean isNotWell = answered.answer() == CheckInAnswer.NOT_WELL;
            if (answered.answer() == CheckInAnswer.HELP) {
                // Said on the phone, where no device hears it: a call for help is always critical.
                help(connection, checkIn.resident().number(), now);
            } else if (isNotWell && answered.question() == CheckInQuestion.PAIN) {
                // As the risk engine has it: pain that was told of once is for review.
                raise(connection, checkIn.resident().number(), Tier.REVIEW, "check-in.pain", now);
            } else if (isNotWell && answered.question() == CheckInQuestion.NEED) {
                tasks.add(
                        connection,
                        checkIn.resident().number(),
                        Tasks.Source.CHECK_IN,
                        answered.words(),
                        answered.at(),
                        now);
            }
        }
    }

    /// Nobody answers, or not any more. The first time it is tried anew later; then it is over.
    void unanswered(Connection connection, CheckIn checkIn, Instant now) {
        if (checkIn.attempt() < ATTEMPTS) {
            CheckInTable.await(connection, checkIn, now.plus(settings.repeatAfter()));
        } else {
            giveUp(connection, checkIn, now);
        }
    }

    /// It is not tried any more.
    void giveUp(Connection connection, CheckIn checkIn, Instant now) {
        List<CheckIn.Answered> answers = CheckInTable.listAnswers(connection, checkIn.number());
        if (!answers.isEmpty()) {
            answered(connection, checkIn, answers, now);
            return;
        }
        String why = "check-in.unanswered";
        CheckInTable.end(connection, checkIn, "unanswered", Words.KO.text(why), Words.EN.text(why), now);
        raise(connection, checkIn.resident().number(), Tier.REVIEW, why, now);
    }

    /// A resident called for help, whatever the conversation has come to.
    void help(Connection connection, int residentNo, Instant now) {
        raise(connection, residentNo, Tier.CRITICAL, "check-in.help", now);
    }

    private static String summary(Words words, CheckIn checkIn, List<CheckIn.Answered> answers) {
        return checkIn.questions().stream()
                .map(question -> answers.stream()
                        .filter(one -> one.question() == question)
                        .findFirst()
                        .map(one -> told(words, one))
                        .orElseGet(() -> words.text(
                                "check-in.told.line",
                                words.text("check-in.about." + question.word()),
                                words.text("check-in.told.none"))))
                .collect(Collectors.joining(" "));
    }

    private static String told(Words words, CheckIn.Answered answered) {
        CheckInAnswer answer = answered.answer();
        String text = switch (answer) {
            case WELL, NOT_WELL ->
                words.text("check-in.told." + answer.word() + "."
                        + answered.question().word());
            case HELP, UNCLEAR -> words.text("check-in.told." + answer.word());
        };
        return words.text(
                "check-in.told.line",
                words.text("check-in.about." + answered.question().word()),
                text);
    }

    /// Raises the resident's alert about conversations, or raises the tier of the one that is open.
    private static void raise(Connection connection, int resident, Tier tier, String reason, Instant now) {
        Optional<UUID> raised = Sql.on(connection, """
                        insert into alert (resident_no, family, tier, reason_ko, reason_en, moment, raised_at)
                        values (:resident, :family, :tier, :ko, :en, :now, :now)
                        on conflict (resident_no, family) where state <> 'resolved' do nothing
                        returning alert_id""")
                .with("resident", resident)
                .with("family", FAMILY)
                .with("tier", tier.word())
                .with("ko", Words.KO.text(reason))
                .with("en", Words.EN.text(reason))
                .with("now", now)
                .find(row -> row.uuid("alert_id"));
        raised.or(() -> raiseTier(connection, resident, tier, reason, now))
                .ifPresent(alert -> AlertStore.tellAll(connection, alert));
    }

    private static Optional<UUID> raiseTier(
            Connection connection, int residentNo, Tier tier, String reason, Instant now) {
        Optional<UUID> open = Sql.on(connection, """
                        update alert set tier = :tier, reason_ko = :ko, reason_en = :en
                         where resident_no = :resident and family = :family and state <> 'resolved'
                           and array_position(array['critical', 'urgent', 'check-in', 'review'], tier)
                               > array_position(array['critical', 'urgent', 'check-in', 'review'], :tier::text)
                        returning alert_id""")
                .with("tier", tier.word())
                .with("ko", Words.KO.text(reason))
                .with("en", Words.EN.text(reason))
                .with("resident", residentNo)
                .with("family", FAMILY)
                .find(row -> row.uuid("alert_id"));
        open.ifPresent(alert -> Timeline.add(
                connection, alert, now, EventType.TIER_RAISED, Timeline.RESIDENT, Map.of("tier", tier.word())));
        return open;
    }
}

package kr.dolbom.caseworker.checkin;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kr.dolbom.caseworker.database.NotificationListener;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.operations.Maintenances;
import kr.dolbom.caseworker.response.QuietHours;
import kr.dolbom.caseworker.robot.Inquiry;
import kr.dolbom.caseworker.robot.Robot;
import kr.dolbom.caseworker.robot.SpokenName;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.caseworker.words.Words;
import kr.dolbom.contract.telemetry.CheckInAnswer.Answer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins the conversations that are planned and goes on with those that have begun. Each step is a
/// transaction that locks the conversation's row and finds there what was done: any number of instances
/// may do the same at the same time, and whoever comes after a crash goes on. The robot's question is
/// committed with the step; a call is made after it, once.
@Singleton
final class CheckIns implements Chore, NotificationListener {
    private static final Logger LOG = LoggerFactory.getLogger(CheckIns.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int AT_A_TIME = 6;

    /// How long a call waits while calls about alerts wait for their turn; then it is tried again.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /// How long after a time limit the device's report may still come.
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Transactions transactions;
    private final CheckInSettings settings;
    private final CheckInEnding ending;
    private final CheckInCalls calls;
    private final Robot robot;
    private final Clock clock;

    CheckIns(
            Transactions transactions,
            CheckInSettings settings,
            CheckInEnding ending,
            CheckInCalls calls,
            Robot robot,
            Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.ending = ending;
        this.calls = calls;
        this.robot = robot;
        this.clock = clock;
    }

    /// A call that is to be made once its row is committed.
    private record NewCall(UUID callId, String phone) {}

    @Override
    public String name() {
        return "check-ins";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        List<Integer> due = transactions.run(connection -> {
            CheckInPlans.writeDue(connection, settings.latest(), now);
            return CheckInTable.listDue(connection, now);
        });
        // Many are asked at nine, and each call waits for the provider.
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            due.forEach(number -> threads.execute(() -> goOn(number, LONGEST_WAIT)));
        }
    }

    @Override
    public Set<String> channels() {
        return Set.of(Robot.ANSWERS);
    }

    @Override
    public void hear(String payload) {
        transactions
                .run(connection -> CheckInTable.findByCommand(connection, UUID.fromString(payload)))
                // Others are heard on this thread: a call that has to wait is the chore's.
                .ifPresent(number -> goOn(number, Duration.ZERO));
    }

    /// Nothing: whatever was not heard is looked at when it is due.
    @Override
    public void lookAround() {}

    /// @param patience how long a call may wait for its turn here
    private void goOn(int number, Duration patience) {
        try {
            transactions.run(connection -> goOn(connection, number)).ifPresent(call -> {
                calls.place(call.callId(), call.phone(), patience);
                // A call that was refused is over already.
                goOn(number, patience);
            });
        } catch (RuntimeException e) {
            LOG.error("A planned conversation could not go on; it is tried again checkIn={}", number, e);
        }
    }

    private Optional<NewCall> goOn(Connection connection, int number) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        CheckIn checkIn = CheckInTable.findAndLock(connection, number).orElse(null);
        if (checkIn == null) {
            return Optional.empty();
        }
        return switch (checkIn.state()) {
            case "planned" -> begin(connection, checkIn, now);
            case "waiting" -> isDue(connection, checkIn, now) ? begin(connection, checkIn, now) : Optional.empty();
            case "asking" -> hear(connection, checkIn, now);
            case "calling" -> listen(connection, checkIn, now);
            default ->
                throw new IllegalStateException("conversation %d is in state '%s'".formatted(number, checkIn.state()));
        };
    }

    private Optional<NewCall> begin(Connection connection, CheckIn checkIn, Instant now) {
        String why = whyNot(connection, checkIn, now);
        if (why != null) {
            boolean isSilent = checkIn.attempt() > 0 && (why.equals("quiet-hours") || why.equals("maintenance"));
            if (isSilent) {
                ending.giveUp(connection, checkIn, now);
            } else {
                CheckInTable.leaveOut(connection, checkIn, why, now);
            }
            return Optional.empty();
        }
        if (ask(connection, checkIn, checkIn.attempt() + 1, now)) {
            return Optional.empty();
        }
        return call(connection, checkIn, now);
    }

    /// Why nobody is asked now; null when somebody may be.
    private static @Nullable String whyNot(Connection connection, CheckIn checkIn, Instant now) {
        CheckIn.Resident resident = checkIn.resident();
        Optional<String> mode = Sql.on(connection, """
                        select mode from resident_mode
                         where resident_no = :resident and begins_at <= :now and ends_at > :now
                         order by mode_no desc limit 1""")
                .with("resident", resident.number())
                .with("now", now)
                .find(row -> row.text("mode"));
        if (mode.isPresent()) {
            return mode.get();
        }
        if (QuietHours.get(connection, resident.number()).endAfter(now).isPresent()) {
            return "quiet-hours";
        }
        if (Maintenances.find(connection, resident.officeNo(), now).isPresent()) {
            return "maintenance";
        }
        // Somebody is on the way or the robot asks already: two questions at once confuse.
        boolean isAlert =
                Sql.on(connection, """
                        select exists (select from alert
                                        where resident_no = :resident and state <> 'resolved'
                                          and tier in ('critical', 'urgent', 'check-in') and not drill
                                          and family not in ('device', 'device-health')) as alert""").with("resident", resident.number()).get(row -> row.flag("alert"));
        return isAlert ? "alert" : null;
    }

    /// Has the robot ask the next question.
    ///
    /// @return whether there is one that is connected
    private boolean ask(Connection connection, CheckIn checkIn, int attempt, Instant now) {
        List<CheckIn.Answered> answers = CheckInTable.listAnswers(connection, checkIn.number());
        CheckInQuestion question = Objects.requireNonNull(checkIn.next(answers));
        CheckIn.Resident resident = checkIn.resident();
        Words words = Words.of(resident.language());
        boolean isFirst = attempt != checkIn.attempt();
        String text = words.text("check-in.ask." + question.word());
        Optional<UUID> command = robot.ask(
                connection,
                resident.number(),
                resident.language(),
                isFirst
                        ? words.text(
                                "check-in.hello", SpokenName.get(connection, resident.number(), resident.name()), text)
                        : text,
                settings.timeLimit(),
                now);
        command.ifPresent(id -> CheckInTable.ask(connection, checkIn, attempt, id, now.plus(GRACE)));
        return command.isPresent();
    }

    private Optional<NewCall> hear(Connection connection, CheckIn checkIn, Instant now) {
        Inquiry inquiry = robot.getInquiry(connection, Objects.requireNonNull(checkIn.commandId()));
        switch (inquiry) {
            case Inquiry.OnItsWay(Instant expiresAt) -> {
                Instant lost = expiresAt.plus(GRACE);
                if (!now.isBefore(lost)) {
                    return lost(connection, checkIn, now);
                }
                CheckInTable.look(connection, checkIn, lost);
            }
            case Inquiry.Asked asked -> {
                Instant late = asked.askedAt().plus(asked.timeLimit()).plus(GRACE);
                if (now.isBefore(late)) {
                    CheckInTable.look(connection, checkIn, late);
                } else {
                    ending.unanswered(connection, checkIn, now);
                }
            }
            case Inquiry.Answered(Answer answer, var _) -> {
                if (answer == Answer.NO_ANSWER) {
                    ending.unanswered(connection, checkIn, now);
                } else {
                    return answered(connection, checkIn, answer, now);
                }
            }
            case Inquiry.Lost _ -> {
                return lost(connection, checkIn, now);
            }
        }
        return Optional.empty();
    }

    private Optional<NewCall> answered(Connection connection, CheckIn checkIn, Answer answer, Instant now) {
        CheckInQuestion question =
                Objects.requireNonNull(checkIn.next(CheckInTable.listAnswers(connection, checkIn.number())));
        CheckInAnswer meaning = answer == Answer.FINE ? CheckInAnswer.WELL : CheckInAnswer.NOT_WELL;
        CheckInTable.answer(connection, checkIn, question, meaning, null, now);
        List<CheckIn.Answered> answers = CheckInTable.listAnswers(connection, checkIn.number());
        if (checkIn.next(answers) == null) {
            ending.answered(connection, checkIn, answers, now);
            String thanks = answers.stream().allMatch(one -> one.answer() == CheckInAnswer.WELL)
                    ? "check-in.thanks"
                    : "check-in.thanks-told";
            CheckIn.Resident resident = checkIn.resident();
            String text = Words.of(resident.language()).text(thanks);
            robot.tell(connection, resident.number(), resident.language(), text, now);
            return Optional.empty();
        }
        return ask(connection, checkIn, checkIn.attempt(), now) ? Optional.empty() : lost(connection, checkIn, now);
    }

    /// The robot did not get the question: the phone may.
    private Optional<NewCall> lost(Connection connection, CheckIn checkIn, Instant now) {
        String phone = phone(checkIn);
        if (phone == null) {
            ending.unanswered(connection, checkIn, now);
            return Optional.empty();
        }
        return Optional.of(newCall(connection, checkIn, checkIn.attempt(), phone, now));
    }

    private Optional<NewCall> call(Connection connection, CheckIn checkIn, Instant now) {
        String phone = phone(checkIn);
        if (phone != null) {
            return Optional.of(newCall(connection, checkIn, checkIn.attempt() + 1, phone, now));
        }
        if (checkIn.attempt() == 0) {
            boolean refuses = checkIn.resident().phone() != null;
            CheckInTable.leaveOut(connection, checkIn, refuses ? "no-consent" : "no-way", now);
        } else {
            ending.giveUp(connection, checkIn, now);
        }
        return Optional.empty();
    }

    private NewCall newCall(Connection connection, CheckIn checkIn, int attempt, String phone, Instant now) {
        Instant end = now.plus(settings.callLimit());
        return new NewCall(CheckInTable.call(connection, checkIn, attempt, phone, end, now), phone);
    }

    private static @Nullable String phone(CheckIn checkIn) {
        return checkIn.resident().callConsent() ? checkIn.resident().phone() : null;
    }

    private Optional<NewCall> listen(Connection connection, CheckIn checkIn, Instant now) {
        boolean isOver = CheckInCalls.isOver(connection, Objects.requireNonNull(checkIn.callId()));
        if (isOver || isDue(connection, checkIn, now)) {
            ending.unanswered(connection, checkIn, now);
        }
        return Optional.empty();
    }

    private static boolean isDue(Connection connection, CheckIn checkIn, Instant now) {
        return Sql.on(connection, "select due_at <= :now as due from check_in where check_in_no = :number")
                .with("now", now)
                .with("number", checkIn.number())
                .get(row -> row.flag("due"));
    }
}

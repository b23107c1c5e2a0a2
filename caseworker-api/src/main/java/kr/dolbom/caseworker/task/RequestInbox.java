package kr.dolbom.caseworker.task;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.database.NotificationListener;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.robot.Robot;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Makes tasks of what residents asked their robots for, and has the robot say that it was passed on.
/// Any number of instances may look at the same time: a request is one's alone, and its task and the
/// robot's words are committed with it.
@Singleton
final class RequestInbox implements NotificationListener, Chore {
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final double LEAST_CONFIDENCE = 0.5;

    /// A device may tell of the same words twice, and people ask twice.
    private static final Duration SAME = Duration.ofMinutes(10);

    /// Whoever asked long ago is not answered out of the blue.
    private static final Duration PAST_AFTER = Duration.ofMinutes(15);

    private final Transactions transactions;
    private final Tasks tasks;
    private final Robot robot;
    private final Clock clock;

    RequestInbox(Transactions transactions, Tasks tasks, Robot robot, Clock clock) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.robot = robot;
        this.clock = clock;
    }

    private record Request(
            int deviceNo,
            UUID messageId,
            int residentNo,
            String language,
            Instant at,
            boolean isCertain,
            @Nullable String words) {}

    @Override
    public Set<String> channels() {
        return Set.of("dolbom_request");
    }

    @Override
    public void hear(String payload) {
        run();
    }

    @Override
    public void lookAround() {
        run();
    }

    @Override
    public String name() {
        return "request-inbox";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = transactions.run(connection -> {
                Optional<Request> next = next(connection);
                next.ifPresent(request -> take(connection, request));
                return next.isPresent();
            });
        }
    }

    private static Optional<Request> next(Connection connection) {
        return Sql.on(connection, """
                        select q.device_no, q.message_id, r.resident_no, r.language, q.at, q.confidence >= :least as certain,
                               q.words
                          from resident_request q join resident r using (resident_no)
                         where not q.seen order by q.at, q.message_id limit 1 for update of q skip locked""")
                .with("least", LEAST_CONFIDENCE)
                .find(row -> new Request(
                        row.number("device_no"),
                        row.uuid("message_id"),
                        row.number("resident_no"),
                        row.text("language"),
                        row.instant("at"),
                        row.flag("certain"),
                        row.findText("words")));
    }

    private void take(Connection connection, Request request) {
        Sql.on(connection, """
                        update resident_request set seen = true where device_no = :device and message_id = :message""")
                .with("device", request.deviceNo())
                .with("message", request.messageId())
                .update();
        // One after the other: two devices in a home may have heard the same words.
        Sql.on(connection, "select resident_no from resident where resident_no = :resident for no key update")
                .with("resident", request.residentNo())
                .list(row -> row);
        if (!request.isCertain() || isKnown(connection, request)) {
            return;
        }
        Instant now = clock.instant();
        tasks.add(connection, request.residentNo(), Tasks.Source.REQUEST, request.words(), request.at(), now);
        if (request.at().isAfter(now.minus(PAST_AFTER))) {
            String text = Words.of(request.language()).text("robot.request");
            robot.tell(connection, request.residentNo(), request.language(), text, now);
        }
    }

    private static boolean isKnown(Connection connection, Request request) {
        return Sql.on(connection, """
                        select exists (select from task
                                        where resident_no = :resident and source = 'request'
                                          and asked_at between :from and :to) as known""")
                .with("resident", request.residentNo())
                .with("from", request.at().minus(SAME))
                .with("to", request.at().plus(SAME))
                .get(row -> row.flag("known"));
    }
}

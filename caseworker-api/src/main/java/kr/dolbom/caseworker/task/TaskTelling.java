package kr.dolbom.caseworker.task;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.People;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.escalation.Texts;
import kr.dolbom.caseworker.roster.OnCall;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.HiddenNumbers;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells caseworkers of tasks by text, by day alone: the resident's own caseworker, or else whoever is
/// on call first. One text tells of all that wait for the same person. A text that failed is sent anew
/// on the next morning.
@Singleton
public final class TaskTelling implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTelling.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /// A text that is not known to be sent by then was lost with the process that was to send it.
    private static final Duration LOST_AFTER = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Texts texts;
    private final TaskSettings settings;
    private final PublicAddress address;
    private final Clock clock;

    TaskTelling(Transactions transactions, Texts texts, TaskSettings settings, PublicAddress address, Clock clock) {
        this.transactions = transactions;
        this.texts = texts;
        this.settings = settings;
        this.address = address;
        this.clock = clock;
    }

    private record Waiting(
            int taskNo,
            int officeNo,
            String office,
            String officeEn,
            ZoneId zone,
            @Nullable Integer own) {}

    private record Outgoing(UUID textId, String phone, String body) {}

    @Override
    public String name() {
        return "task-telling";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        transactions
                .run(connection -> lost(connection, now))
                .forEach(textId -> report(textId, AttemptState.FAILED, null, "it was not sent"));
        transactions.run(connection -> write(connection, now)).forEach(this::send);
    }

    private List<Outgoing> write(Connection connection, Instant now) {
        List<Waiting> waiting = Sql.on(connection, """
                        select t.task_no, o.office_no, o.short_name, o.name_en, o.time_zone, c.caseworker_no
                          from task t join resident r using (resident_no) join office o using (office_no)
                          left join caseworker c on c.caseworker_no = r.caseworker_no and c.left_at is null
                         where t.text_id is null and t.state = 'open' and t.tell_after <= :now
                         order by t.task_no limit 1000 for update of t skip locked""")
                .with("now", now)
                .list(row -> new Waiting(
                        row.number("task_no"),
                        row.number("office_no"),
                        row.text("short_name"),
                        row.text("name_en"),
                        ZoneId.of(row.text("time_zone")),
                        row.findNumber("caseworker_no")));
        Map<Integer, Optional<Recipient>> onCall = waiting.stream()
                .map(Waiting::officeNo)
                .distinct()
                .collect(Collectors.toMap(office -> office, office -> findOnCall(connection, office, now)));
        Map<Recipient, List<Waiting>> told = waiting.stream()
                // It may be night by now.
                .filter(task -> settings.inTheDay(now, task.zone()).equals(now))
                .flatMap(task -> recipient(connection, task, onCall).stream().map(one -> Map.entry(one, task)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<Outgoing> outgoing = new ArrayList<>();
        told.forEach((recipient, tasks) -> outgoing.add(write(connection, recipient, tasks, now)));
        return outgoing;
    }

    private static Optional<Recipient> findOnCall(Connection connection, int officeNo, Instant now) {
        return OnCall.list(connection, officeNo, now).stream()
                .map(OnCall::recipient)
                .findFirst();
    }

    private static Optional<Recipient> recipient(
            Connection connection, Waiting task, Map<Integer, Optional<Recipient>> onCall) {
        Integer own = task.own();
        return own == null
                ? onCall.getOrDefault(task.officeNo(), Optional.empty())
                : Optional.of(People.get(connection, Alert.Person.caseworker(own, new UUID(0, 0), "")));
    }

    private Outgoing write(Connection connection, Recipient recipient, List<Waiting> tasks, Instant now) {
        UUID textId = Sql.on(connection, """
                        insert into task_text (caseworker_no, state, started_at) values (:caseworker, 'starting', :now)
                        returning text_id""")
                .with("caseworker", recipient.person().number())
                .with("now", now)
                .get(row -> row.uuid("text_id"));
        Sql.on(connection, "update task set text_id = :text where task_no = any(:tasks)")
                .with("text", textId)
                .with("tasks", tasks.stream().map(Waiting::taskNo).toArray(Integer[]::new))
                .update();
        Words words = Words.of(recipient.language());
        Waiting first = tasks.getFirst();
        String body = words.text(
                "sms.task",
                words == Words.EN ? first.officeEn() : first.office(),
                tasks.size(),
                address.of("/tasks").toString());
        return new Outgoing(textId, recipient.phone(), body);
    }

    private void send(Outgoing outgoing) {
        UUID textId = outgoing.textId();
        SendResult result = texts.send(textId, outgoing.phone(), outgoing.body());
        report(textId, result.state(), result.sid(), result.error());
    }

    private static List<UUID> lost(Connection connection, Instant now) {
        return Sql.on(connection, """
                        select text_id from task_text where state = 'starting' and started_at < :since""").with("since", now.minus(LOST_AFTER)).list(row -> row.uuid("text_id"));
    }

    /// Notes what the provider reports; an old report changes nothing.
    ///
    /// @param sid the provider's name for it; null when unknown
    /// @param error what went wrong; null for nothing
    /// @return whether there is such a text
    public boolean report(UUID textId, AttemptState next, @Nullable String sid, @Nullable String error) {
        return transactions.run(connection -> {
            Optional<Boolean> isNews = Sql.on(
                            connection, "select state, provider_sid from task_text where text_id = :text for update")
                    .with("text", textId)
                    .find(row ->
                            AttemptState.get(row.text("state")).isOvertakenBy(next, row.findText("provider_sid"), sid));
            if (isNews.orElse(false)) {
                Sql.on(connection, """
                                update task_text set state = :state, provider_sid = coalesce(provider_sid, :sid),
                                                     error = :error where text_id = :text""")
                        .with("state", next.word())
                        .with("sid", sid)
                        .with("error", HiddenNumbers.in(error))
                        .with("text", textId)
                        .update();
                if (next == AttemptState.FAILED) {
                    LOG.warn("A caseworker could not be told of tasks; they are told again tomorrow text={}", textId);
                    tellTomorrow(connection, textId);
                }
            }
            return isNews.isPresent();
        });
    }

    private void tellTomorrow(Connection connection, UUID textId) {
        record Untold(int taskNo, ZoneId zone) {}
        Stream<Untold> untold = Sql.on(connection, """
                        select t.task_no, o.time_zone
                          from task t join resident r using (resident_no) join office o using (office_no)
                         where t.text_id = :text and t.state = 'open'""")
                .with("text", textId)
                .list(row -> new Untold(row.number("task_no"), ZoneId.of(row.text("time_zone"))))
                .stream();
        untold.forEach(task -> Sql.on(
                        connection, "update task set text_id = null, tell_after = :tomorrow where task_no = :task")
                .with("tomorrow", settings.nextMorning(clock.instant(), task.zone()))
                .with("task", task.taskNo())
                .update());
    }
}

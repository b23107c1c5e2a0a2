package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// The attempts to reach people. A row is committed before anything is asked of the provider, and the provider's
/// reports
/// carry its id, so that no crash can lead to a second ring or lose a report.
public final class Attempts {
    private static final String COLUMNS = """
            select t.attempt_id, t.alert_id, t.step, t.channel, t.purpose, t.caseworker_no, t.guardian_no,
                   coalesce(c.caseworker_id, g.guardian_id) as person_id, coalesce(c.name, g.name) as name,
                   coalesce(c.language, g.language) as language, t.destination, t.bundle_of,
                   t.state, t.provider_sid, t.error, t.started_at, t.updated_at, t.reached_at
              from escalation_attempt t
              left join caseworker c using (caseworker_no)
              left join guardian g using (guardian_no)
            """;

    private Attempts() {}

    /// Adds an attempt in state `starting`.
    ///
    /// @param link the one-time link that goes with it; null for none
    public static UUID add(
            Connection connection,
            UUID alertId,
            int step,
            Channel channel,
            Purpose purpose,
            Recipient recipient,
            @Nullable LinkToken link,
            Instant now) {
        UUID attemptId = UUID.randomUUID();
        Alert.Person person = recipient.person();
        Sql.on(connection, """
                        insert into escalation_attempt (attempt_id, alert_id, step, channel, purpose, caseworker_no,
                                                        guardian_no, destination, state, link_hash, started_at,
                                                        updated_at)
                        values (:attempt, :alert, :step, :channel, :purpose, :caseworker, :guardian, :destination,
                                'starting', :link, :now, :now)""")
                .with("attempt", attemptId)
                .with("alert", alertId)
                .with("step", step)
                .with("channel", channel.word())
                .with("purpose", purpose.word())
                .with("caseworker", person.kind() == PersonKind.CASEWORKER ? person.number() : null)
                .with("guardian", person.kind() == PersonKind.GUARDIAN ? person.number() : null)
                .with("destination", recipient.phone())
                .with("link", link == null ? null : link.hash())
                .with("now", now)
                .update();
        note(connection, get(connection, attemptId), now, Timeline.PLATFORM);
        return attemptId;
    }

    /// All attempts for an alert, oldest first.
    public static List<Attempt> list(Connection connection, UUID alertId) {
        return Sql.on(connection, COLUMNS + "where t.alert_id = :alert order by t.step, t.channel")
                .with("alert", alertId)
                .list(Attempts::read);
    }

    /// The steps that were taken for an alert, in order.
    public static List<Step> listSteps(Connection connection, UUID alertId) {
        return list(connection, alertId).stream()
                .filter(attempt -> attempt.channel() == Channel.VOICE)
                .map(call ->
                        new Step(call.step(), call.startedAt(), call.state().isOver()))
                .toList();
    }

    /// The latest call for each open alert, by the alert's id.
    public static Map<UUID, Attempt> listLastCalls(Connection connection) {
        return Sql.on(connection, COLUMNS + """
                        where t.channel = 'voice' and t.alert_id in (select alert_id from alert where state <> 'resolved')
                        order by t.step""").list(Attempts::read).stream()
                .collect(Collectors.toMap(Attempt::alertId, attempt -> attempt, (first, second) -> second));
    }

    /// The attempt with this id.
    public static Optional<Attempt> find(Connection connection, UUID attemptId) {
        return Sql.on(connection, COLUMNS + "where t.attempt_id = :attempt")
                .with("attempt", attemptId)
                .find(Attempts::read);
    }

    private static Attempt get(Connection connection, UUID attemptId) {
        return find(connection, attemptId)
                .orElseThrow(() -> new IllegalStateException("there is no attempt " + attemptId));
    }

    /// Notes what the provider, or a person, reports of an attempt; an old report changes nothing.
    ///
    /// @param next the reported state
    /// @param sid the provider's name for the attempt; null when unknown
    /// @param error what went wrong; null for nothing
    /// @return the attempt as it stands afterwards
    public static Attempt report(
            Connection connection,
            UUID attemptId,
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            Instant now) {
        Sql.on(connection, "select from escalation_attempt where attempt_id = :attempt for update")
                .with("attempt", attemptId)
                .list(row -> row);
        Attempt before = get(connection, attemptId);
        // A failure without a SID is our own guess after a missing answer; what the provider says then counts more.
        boolean guessed = before.state() == AttemptState.FAILED && before.sid() == null && sid != null;
        boolean news = before.state().isOvertakenBy(next) || guessed;
        if (!news && (sid == null || before.sid() != null)) {
            return before;
        }
        Sql.on(connection, """
                        update escalation_attempt
                           set state = :state, provider_sid = coalesce(provider_sid, :sid), error = :error,
                               updated_at = :now,
                               reached_at = case when :state = 'reached' then :now else reached_at end
                         where attempt_id = :attempt""")
                .with("state", (news ? next : before.state()).word())
                .with("sid", sid)
                .with("error", news ? error : before.error())
                .with("now", now)
                .with("attempt", attemptId)
                .update();
        Attempt after = get(connection, attemptId);
        if (news) {
            note(connection, after, now, Timeline.PROVIDER);
            AlertStore.tellChange(connection, after.alertId());
        }
        return after;
    }

    private static void note(Connection connection, Attempt attempt, Instant now, String actor) {
        Map<String, String> detail = new HashMap<>();
        detail.put("attempt", attempt.attemptId().toString());
        detail.put("step", Integer.toString(attempt.step()));
        detail.put("channel", attempt.channel().word());
        detail.put("person", attempt.person().id().toString());
        detail.put("state", attempt.state().word());
        String error = attempt.error();
        if (error != null) {
            detail.put("error", error);
        }
        Timeline.add(connection, attempt.alertId(), now, EventType.ATTEMPT, actor, detail);
    }

    private static Alert.Person readPerson(Row row) {
        Integer caseworker = row.findNumber("caseworker_no");
        return caseworker == null
                ? new Alert.Person(
                        PersonKind.GUARDIAN, row.number("guardian_no"), row.uuid("person_id"), row.text("name"))
                : Alert.Person.caseworker(caseworker, row.uuid("person_id"), row.text("name"));
    }

    private static Attempt read(Row row) {
        return new Attempt(
                row.uuid("attempt_id"),
                row.uuid("alert_id"),
                row.number("step"),
                Channel.get(row.text("channel")),
                Purpose.get(row.text("purpose")),
                readPerson(row),
                row.text("destination"),
                row.text("language"),
                row.findUuid("bundle_of"),
                AttemptState.get(row.text("state")),
                row.findText("provider_sid"),
                row.findText("error"),
                row.instant("started_at"),
                row.instant("updated_at"),
                row.findInstant("reached_at"));
    }
}

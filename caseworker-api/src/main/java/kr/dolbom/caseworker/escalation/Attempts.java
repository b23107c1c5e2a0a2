package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// The attempts to reach people. A row is committed before anything is asked of the provider, and the
/// provider's reports carry its id, so that no crash can lead to a second ring or lose a report.
public final class Attempts {
    private static final String COLUMNS = """
            select t.attempt_id, t.alert_id, t.step, t.channel, t.purpose, t.caseworker_no, t.guardian_no,
                   coalesce(c.caseworker_id, g.guardian_id) as person_id, coalesce(c.name, g.name) as name,
                   coalesce(c.language, g.language) as language, t.destination, t.bundle_of,
                   t.state, t.provider_sid, t.error, t.started_at, t.placed_at, t.updated_at, t.reached_at
              from escalation_attempt t
              left join caseworker c using (caseworker_no)
              left join guardian g using (guardian_no)
            """;

    // Longer than a request to the provider, a phone's ringing and a conversation can last.
    private static final Duration STARTING_AT_MOST = Duration.ofSeconds(15);
    private static final Duration RINGING_AT_MOST = Duration.ofSeconds(90);
    private static final Duration ANSWERED_AT_MOST = Duration.ofMinutes(10);

    /// A call that is made this soon after its step was taken has not waited for its turn.
    private static final Duration SOON = Duration.ofSeconds(1);

    /// Of what one call tells of several alerts.
    private static final Set<Purpose> SEVERAL_IN_A_CALL = Set.of(Purpose.ALERT, Purpose.REMINDER);

    private Attempts() {}

    /// What every attempt of a step has in common.
    ///
    /// @param alertId for which alert
    /// @param urgency how soon it is to be called about it, see [#urgency(Alert)]
    /// @param step its number
    /// @param purpose why
    /// @param recipient to whom
    /// @param at when it was taken
    public record New(UUID alertId, int urgency, int step, Purpose purpose, Recipient recipient, Instant at) {}

    /// By what calls that wait for their turn are ordered: 0 is the first. A drill waits for everything
    /// else.
    public static int urgency(Alert alert) {
        int urgency = switch (alert.tier()) {
            case CRITICAL -> 0;
            case URGENT -> 1;
            case CHECK_IN -> 2;
            case REVIEW -> 3;
        };
        return alert.drill() ? urgency + 4 : urgency;
    }

    /// What became of a call that was to be made.
    public sealed interface Call {
        /// The id of the attempt.
        UUID attemptId();

        /// It is to be asked of the provider.
        record Own(UUID attemptId) implements Call {}

        /// The phone is about to ring, or rings, for another alert: that call tells of this one as well.
        record Bundled(UUID attemptId) implements Call {}

        /// The person speaks with us about another alert already.
        record Engaged(UUID attemptId) implements Call {}
    }

    /// Adds a written message; it waits in the [line][MessageLine].
    public static UUID addMessage(Connection connection, New step, Channel channel) {
        return add(connection, step, channel, AttemptState.STARTING, null, null, null);
    }

    /// Adds a call, unless a call to the same phone has not ended: no phone is rung twice at once.
    public static Call addCall(Connection connection, New step) {
        lockPhone(connection, step.recipient().phone());
        Optional<Attempt> live = findLiveCall(connection, step.recipient().phone(), step.at());
        if (live.isEmpty()) {
            return new Call.Own(add(connection, step, Channel.VOICE, AttemptState.STARTING, null, null, null));
        }
        Attempt other = live.get();
        boolean canJoin = SEVERAL_IN_A_CALL.contains(step.purpose())
                && other.purpose() == step.purpose()
                && !other.alertId().equals(step.alertId())
                && other.state() != AttemptState.ANSWERED;
        if (!canJoin) {
            return new Call.Engaged(add(
                    connection,
                    step,
                    Channel.VOICE,
                    AttemptState.BUSY,
                    null,
                    "engaged by another of our calls",
                    step.at()));
        }
        Sql.on(connection, """
                        update escalation_attempt set urgency = :urgency where attempt_id = :lead and urgency > :urgency""")
                .with("urgency", step.urgency())
                .with("lead", other.attemptId())
                .update();
        return new Call.Bundled(
                add(connection, step, Channel.VOICE, other.state(), other.attemptId(), null, other.placedAt()));
    }

    /// Notes that somebody could not be called: nothing is known by which to.
    ///
    /// @param code why not, in the provider's code
    public static void addSkipped(Connection connection, New step, Channel channel, String code) {
        String error = code + " known since before: not tried";
        add(connection, step, channel, AttemptState.FAILED, null, error, step.at());
    }

    /// Has an attempt wait in its line until a moment at least.
    public static void hold(Connection connection, UUID attemptId, Instant until) {
        Sql.on(connection, """
                        update escalation_attempt set placed_at = null, not_before = :until
                         where attempt_id = :attempt and state = 'starting'""").with("attempt", attemptId).with("until", until).update();
    }

    /// Has what still waits for an alert go as soon as its tier now wants, whatever hours held it.
    public static void hurry(Connection connection, Alert alert) {
        Sql.on(connection, """
                        update escalation_attempt set urgency = least(urgency, :urgency), not_before = null
                         where state = 'starting' and placed_at is null
                           and attempt_id in (select coalesce(bundle_of, attempt_id) from escalation_attempt
                                               where alert_id = :alert)""")
                .with("urgency", urgency(alert))
                .with("alert", alert.alertId())
                .update();
    }

    /// Waits until nobody else makes or reports calls to this phone, until the transaction ends. An
    /// alert's row is always locked before a phone, never after it.
    public static void lockPhone(Connection connection, String phone) {
        Sql.on(connection, "select pg_advisory_xact_lock(hashtextextended(:phone, 7))::text as locked")
                .with("phone", phone)
                .list(row -> row);
    }

    /// A call that rings or is spoken in. One that has not been heard of for long is none: a crash may
    /// have swallowed it.
    static Optional<Attempt> findLiveCall(Connection connection, String phone, Instant now) {
        return Sql.on(connection, COLUMNS + """
                        where t.destination = any(:phones) and t.channel = 'voice' and t.bundle_of is null
                          and (t.state = 'starting' and coalesce(t.placed_at > :startingSince, true)
                               and (t.not_before is null or t.not_before <= :now)
                               or t.state in ('accepted', 'ringing') and t.updated_at > :ringingSince
                               or t.state = 'answered' and t.updated_at > :answeredSince)
                        order by t.started_at desc limit 1""")
                .with("phones", SecretColumn.PHONE.anyOf(phone))
                .with("now", now)
                .with("startingSince", now.minus(STARTING_AT_MOST))
                .with("ringingSince", now.minus(RINGING_AT_MOST))
                .with("answeredSince", now.minus(ANSWERED_AT_MOST))
                .find(Attempts::read);
    }

    private static UUID add(
            Connection connection,
            New step,
            Channel channel,
            AttemptState state,
            @Nullable UUID bundleOf,
            @Nullable String error,
            @Nullable Instant placedAt) {
        UUID attemptId = UUID.randomUUID();
        Alert.Person person = step.recipient().person();
        Sql.on(connection, """
                        insert into escalation_attempt (attempt_id, alert_id, step, channel, purpose, caseworker_no,
                                                        guardian_no, destination, state, error, bundle_of, urgency,
                                                        started_at, placed_at, updated_at)
                        values (:attempt, :alert, :step, :channel, :purpose, :caseworker, :guardian, :destination,
                                :state, :error, :bundle, :urgency, :now, :placed, :now)""")
                .with("attempt", attemptId)
                .with("alert", step.alertId())
                .with("step", step.step())
                .with("channel", channel.word())
                .with("purpose", step.purpose().word())
                .with("caseworker", person.kind() == PersonKind.CASEWORKER ? person.number() : null)
                .with("guardian", person.kind() == PersonKind.GUARDIAN ? person.number() : null)
                .with(
                        "destination",
                        SecretColumn.PHONE.of(
                                channel == Channel.PUSH
                                        ? person.id().toString()
                                        : step.recipient().phone()))
                .with("state", state.word())
                .with("error", error)
                .with("bundle", bundleOf)
                .with("urgency", step.urgency())
                .with("placed", placedAt)
                .with("now", step.at())
                .update();
        Attempt added = new Attempt(
                attemptId,
                step.alertId(),
                step.step(),
                channel,
                step.purpose(),
                person,
                step.recipient().phone(),
                step.recipient().language(),
                bundleOf,
                state,
                null,
                error,
                step.at(),
                placedAt,
                step.at(),
                null);
        AttemptReports.noteNew(connection, added, step.at());
        return attemptId;
    }

    /// The number of the next step for an alert.
    public static int nextStep(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select coalesce(max(step), 0) + 1 as step from escalation_attempt where alert_id = :alert""").with("alert", alertId).get(row -> row.number("step"));
    }

    /// The other alerts that a call tells of, by their attempts; empty where it tells of its own alone.
    public static List<Attempt> listBundle(Connection connection, UUID attemptId) {
        return Sql.on(connection, COLUMNS + "where t.bundle_of = :attempt order by t.alert_id")
                .with("attempt", attemptId)
                .list(Attempts::read);
    }

    /// The calls that tell of an alert and that nobody has answered yet.
    public static List<Attempt> listPendingCalls(Connection connection, UUID alertId) {
        return Sql.on(connection, COLUMNS + """
                        where t.attempt_id in (select coalesce(bundle_of, attempt_id) from escalation_attempt
                                                where alert_id = :alert and channel = 'voice')
                          and t.state in ('accepted', 'ringing')
                        order by t.attempt_id""").with("alert", alertId).list(Attempts::read);
    }

    /// All attempts for an alert, oldest first.
    public static List<Attempt> list(Connection connection, UUID alertId) {
        return Sql.on(connection, COLUMNS + "where t.alert_id = :alert order by t.step, t.channel")
                .with("alert", alertId)
                .list(Attempts::read);
    }

    /// The steps that were taken for an alert, in order.
    public static List<Step> listSteps(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select step, min(purpose) as purpose, min(started_at) as started_at,
                               case when bool_or(channel = 'voice' and placed_at is null and state = 'starting')
                                    then null
                                    when max(began_at) > min(started_at) + :soon * interval '1 ms' then max(began_at)
                                    else min(started_at) end as waits_since,
                               coalesce(bool_and(state in ('completed', 'no-answer', 'busy', 'failed', 'canceled',
                                                           'reached')) filter (where channel = 'voice'),
                                        bool_and(state = 'failed')) as over
                          from escalation_attempt,
                               -- For a message that waits nobody else is called later.
                               lateral (select case channel when 'voice' then placed_at else started_at end) b (began_at)
                         where alert_id = :alert group by step order by step""")
                .with("alert", alertId)
                .with("soon", SOON.toMillis())
                .list(row -> new Step(
                        row.number("step"),
                        Purpose.get(row.text("purpose")),
                        row.instant("started_at"),
                        row.findInstant("waits_since"),
                        row.flag("over")));
    }

    /// The latest call for each of these alerts, by the alert's id; one that nobody was called for is missing.
    public static Map<UUID, Attempt> listLastCalls(Connection connection, Collection<UUID> alertIds) {
        return Sql.on(connection, COLUMNS + """
                        where t.channel = 'voice'
                          and (t.alert_id, t.step) in (select alert_id, max(step) from escalation_attempt
                                                        where channel = 'voice' and alert_id = any(:alerts::uuid[])
                                                        group by alert_id)""")
                .with("alerts", AlertStore.texts(alertIds))
                .list(Attempts::read)
                .stream()
                .collect(Collectors.toMap(Attempt::alertId, attempt -> attempt));
    }

    /// The attempt with this id.
    public static Optional<Attempt> find(Connection connection, UUID attemptId) {
        return Sql.on(connection, COLUMNS + "where t.attempt_id = :attempt")
                .with("attempt", attemptId)
                .find(Attempts::read);
    }

    static Attempt get(Connection connection, UUID attemptId) {
        return find(connection, attemptId)
                .orElseThrow(() -> new IllegalStateException("there is no attempt " + attemptId));
    }

    private static Alert.Person readPerson(Row row) {
        Integer caseworker = row.findNumber("caseworker_no");
        return caseworker == null
                ? new Alert.Person(
                        PersonKind.GUARDIAN,
                        row.number("guardian_no"),
                        row.uuid("person_id"),
                        row.secret("name", SecretColumn.GUARDIAN_NAME))
                : Alert.Person.caseworker(
                        caseworker, row.uuid("person_id"), row.secret("name", SecretColumn.CASEWORKER_NAME));
    }

    private static Attempt read(Row row) {
        return new Attempt(
                row.uuid("attempt_id"),
                row.uuid("alert_id"),
                row.number("step"),
                Channel.get(row.text("channel")),
                Purpose.get(row.text("purpose")),
                readPerson(row),
                row.secret("destination", SecretColumn.PHONE),
                row.text("language"),
                row.findUuid("bundle_of"),
                AttemptState.get(row.text("state")),
                row.findText("provider_sid"),
                row.findText("error"),
                row.instant("started_at"),
                row.findInstant("placed_at"),
                row.instant("updated_at"),
                row.findInstant("reached_at"));
    }
}

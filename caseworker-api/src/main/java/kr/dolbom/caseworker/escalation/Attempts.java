package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import kr.dolbom.caseworker.roster.Recipient;
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

    /// Adds an attempt in state `starting` that is no call.
    ///
    /// @param link the one-time link that goes with it; null for none
    public static UUID add(Connection connection, New step, Channel channel, @Nullable LinkToken link) {
        return add(connection, step, channel, link, AttemptState.STARTING, null, null, step.at());
    }

    /// Adds a call, unless a call to the same phone has not ended: no phone is rung twice at once.
    public static Call addCall(Connection connection, New step) {
        lockPhone(connection, step.recipient().phone());
        Optional<Attempt> live = findLiveCall(connection, step.recipient().phone(), step.at());
        if (live.isEmpty()) {
            return new Call.Own(add(connection, step, Channel.VOICE, null, AttemptState.STARTING, null, null, null));
        }
        Attempt other = live.get();
        boolean canJoin = step.purpose() == Purpose.ALERT
                && other.purpose() == Purpose.ALERT
                && !other.alertId().equals(step.alertId())
                && other.state() != AttemptState.ANSWERED;
        if (!canJoin) {
            return new Call.Engaged(add(
                    connection,
                    step,
                    Channel.VOICE,
                    null,
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
                add(connection, step, Channel.VOICE, null, other.state(), other.attemptId(), null, other.placedAt()));
    }

    /// Notes that somebody could not be called: nothing is known by which to.
    ///
    /// @param code why not, in the provider's code
    public static void addSkipped(Connection connection, New step, Channel channel, String code) {
        String error = code + " known since before: not tried";
        add(connection, step, channel, null, AttemptState.FAILED, null, error, step.at());
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
    private static Optional<Attempt> findLiveCall(Connection connection, String phone, Instant now) {
        return Sql.on(connection, COLUMNS + """
                        where t.destination = :phone and t.channel = 'voice' and t.bundle_of is null
                          and (t.state = 'starting' and coalesce(t.placed_at > :startingSince, true)
                               or t.state in ('accepted', 'ringing') and t.updated_at > :ringingSince
                               or t.state = 'answered' and t.updated_at > :answeredSince)
                        order by t.started_at desc limit 1""")
                .with("phone", phone)
                .with("startingSince", now.minus(STARTING_AT_MOST))
                .with("ringingSince", now.minus(RINGING_AT_MOST))
                .with("answeredSince", now.minus(ANSWERED_AT_MOST))
                .find(Attempts::read);
    }

    private static UUID add(
            Connection connection,
            New step,
            Channel channel,
            @Nullable LinkToken link,
            AttemptState state,
            @Nullable UUID bundleOf,
            @Nullable String error,
            @Nullable Instant placedAt) {
        UUID attemptId = UUID.randomUUID();
        Alert.Person person = step.recipient().person();
        Sql.on(connection, """
                        insert into escalation_attempt (attempt_id, alert_id, step, channel, purpose, caseworker_no,
                                                        guardian_no, destination, state, error, link_hash, bundle_of,
                                                        urgency, started_at, placed_at, updated_at)
                        values (:attempt, :alert, :step, :channel, :purpose, :caseworker, :guardian, :destination,
                                :state, :error, :link, :bundle, :urgency, :now, :placed, :now)""")
                .with("attempt", attemptId)
                .with("alert", step.alertId())
                .with("step", step.step())
                .with("channel", channel.word())
                .with("purpose", step.purpose().word())
                .with("caseworker", person.kind() == PersonKind.CASEWORKER ? person.number() : null)
                .with("guardian", person.kind() == PersonKind.GUARDIAN ? person.number() : null)
                .with(
                        "destination",
                        channel == Channel.PUSH
                                ? person.id().toString()
                                : step.recipient().phone())
                .with("state", state.word())
                .with("error", error)
                .with("link", link == null ? null : link.hash())
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
        note(connection, added, null, step.at(), Timeline.PLATFORM);
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
                               case when bool_or(placed_at is null and state = 'starting') then null
                                    when max(placed_at) > min(started_at) + :soon * interval '1 ms' then max(placed_at)
                                    else min(started_at) end as waits_since,
                               coalesce(bool_and(state in ('completed', 'no-answer', 'busy', 'failed', 'canceled',
                                                           'reached')) filter (where channel = 'voice'),
                                        bool_and(state = 'failed')) as over
                          from escalation_attempt where alert_id = :alert group by step order by step""")
                .with("alert", alertId)
                .with("soon", SOON.toMillis())
                .list(row -> new Step(
                        row.number("step"),
                        Purpose.get(row.text("purpose")),
                        row.instant("started_at"),
                        row.findInstant("waits_since"),
                        row.flag("over")));
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

    /// What a report has changed.
    ///
    /// @param attempt as it stands afterwards
    /// @param isNews whether the report was news
    /// @param ended the alerts for which a call has ended, or a text has failed, by this: something may
    ///     be due for them
    public record Reported(Attempt attempt, boolean isNews, List<UUID> ended) {
        /// Keeps its own copy.
        public Reported {
            ended = List.copyOf(ended);
        }
    }

    /// Notes what the provider, or a person, reports of an attempt; an old report changes nothing.
    ///
    /// @param next the reported state
    /// @param sid the provider's name for the attempt; null when unknown
    /// @param error what went wrong; null for nothing
    public static Reported report(
            Connection connection,
            UUID attemptId,
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            Instant now) {
        return report(connection, attemptId, next, sid, error, null, now);
    }

    /// The same with what the provider said in its own words. That stands in the ledger even where it
    /// is no news.
    ///
    /// @param report null when the provider said nothing
    public static Reported report(
            Connection connection,
            UUID attemptId,
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            @Nullable ProviderReport report,
            Instant now) {
        return report(connection, lock(connection, attemptId), next, sid, error, report, now);
    }

    /// The attempt, which nobody else reports until the transaction ends. It is locked after its alert, and before its
    /// row is changed.
    public static Attempt lock(Connection connection, UUID attemptId) {
        // As lockPhone does; a text is locked for itself alone.
        Sql.on(connection, """
                        select pg_advisory_xact_lock(hashtextextended(
                                   case channel when 'voice' then destination else attempt_id::text end, 7))::text as locked
                          from escalation_attempt where attempt_id = :attempt""").with("attempt", attemptId).list(row -> row);
        return get(connection, attemptId);
    }

    private static Reported report(
            Connection connection,
            Attempt before,
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            @Nullable ProviderReport report,
            Instant now) {
        // A failure without a SID is our own guess after a missing answer; what the provider says then counts more.
        boolean guessed = before.state() == AttemptState.FAILED && before.sid() == null && sid != null;
        boolean news = before.state().isOvertakenBy(next) || guessed;
        if (!news && report != null) {
            Timeline.addForLedger(
                    connection,
                    before.alertId(),
                    now,
                    "provider-status",
                    Timeline.PROVIDER,
                    detail(before, sid, report));
        }
        if (!news && (sid == null || before.sid() != null)) {
            return new Reported(before, false, List.of());
        }
        Attempt after = before.with(
                news ? next : before.state(),
                before.sid() == null ? sid : before.sid(),
                news ? error : before.error(),
                now);
        Sql.on(connection, """
                        update escalation_attempt
                           set state = :state, provider_sid = :sid, error = :error, updated_at = :now,
                               placed_at = coalesce(placed_at, :now), reached_at = :reached
                         where attempt_id = :attempt""")
                .with("state", after.state().word())
                .with("sid", after.sid())
                .with("error", after.error())
                .with("now", now)
                .with("reached", after.reachedAt())
                .with("attempt", after.attemptId())
                .update();
        List<UUID> ended = new ArrayList<>();
        if (news) {
            String actor = next == AttemptState.REACHED ? after.person().id().toString() : Timeline.PROVIDER;
            note(connection, after, report, now, actor);
            AlertStore.tellChange(connection, after.alertId());
            boolean isEnd = after.channel() == Channel.VOICE ? next.isOver() : next == AttemptState.FAILED;
            if (isEnd) {
                ended.add(after.alertId());
            }
            if (after.channel() == Channel.VOICE && next != AttemptState.REACHED) {
                listBundle(connection, after.attemptId())
                        .forEach(bundled ->
                                // The lock of the phone is theirs as well.
                                ended.addAll(report(connection, bundled, next, null, error, report, now)
                                        .ended()));
            }
        }
        return new Reported(after, news, ended);
    }

    private static void note(
            Connection connection, Attempt attempt, @Nullable ProviderReport report, Instant now, String actor) {
        Map<String, String> detail = detail(attempt, attempt.sid(), report);
        detail.put("step", Integer.toString(attempt.step()));
        detail.put("purpose", attempt.purpose().word());
        detail.put("state", attempt.state().word());
        String error = attempt.error();
        if (error != null) {
            detail.put("error", error);
        }
        Timeline.add(connection, attempt.alertId(), now, EventType.ATTEMPT, actor, detail);
    }

    private static Map<String, String> detail(Attempt attempt, @Nullable String sid, @Nullable ProviderReport report) {
        Map<String, String> detail = new HashMap<>();
        detail.put("attempt", attempt.attemptId().toString());
        detail.put("channel", attempt.channel().word());
        detail.put("person", attempt.person().id().toString());
        if (sid != null) {
            detail.put("sid", sid);
        }
        if (attempt.bundleOf() != null) {
            detail.put("bundle-of", attempt.bundleOf().toString());
        }
        if (report != null) {
            detail.put("provider-status", report.status());
            Instant at = report.at();
            if (at != null) {
                detail.put("provider-at", at.toString());
            }
        }
        return detail;
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
                row.findInstant("placed_at"),
                row.instant("updated_at"),
                row.findInstant("reached_at"));
    }
}

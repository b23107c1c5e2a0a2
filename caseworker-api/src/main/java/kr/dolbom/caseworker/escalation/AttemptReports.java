package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.HiddenNumbers;
import org.jspecify.annotations.Nullable;

/// What providers and people report of attempts. Reports come late, twice and out of order: an old one
/// changes nothing, and each stands in the ledger. All methods work in the caller's transaction.
public final class AttemptReports {
    private AttemptReports() {}

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
        return report(connection, lock(connection, attemptId), new News(next, sid, error, report, null), now);
    }

    /// Notes what came of an attempt.
    public static Reported report(Connection connection, UUID attemptId, SendResult result, Instant now) {
        SendResult.Proof proof = result instanceof SendResult.Reached(SendResult.Proof shown) ? shown : null;
        var news = new News(result.state(), result.sid(), result.error(), null, proof);
        return report(connection, lock(connection, attemptId), news, now);
    }

    private record News(
            AttemptState next,
            @Nullable String sid,
            @Nullable String error,
            @Nullable ProviderReport report,
            SendResult.@Nullable Proof proof) {

        /// What it says of an alert that the same call told of.
        News withoutSid() {
            return new News(next, null, error, report, proof);
        }
    }

    /// The attempt, which nobody else reports until the transaction ends. It is locked after its alert, and before its
    /// row is changed.
    public static Attempt lock(Connection connection, UUID attemptId) {
        Attempt attempt = Attempts.get(connection, attemptId);
        // A text is locked for itself alone.
        Attempts.lockPhone(
                connection, attempt.channel() == Channel.VOICE ? attempt.destination() : attemptId.toString());
        return Attempts.get(connection, attemptId);
    }

    private static Reported report(Connection connection, Attempt before, News said, Instant now) {
        AttemptState next = said.next();
        String sid = said.sid();
        boolean news = before.state().isOvertakenBy(next, before.sid(), sid);
        if (!news && said.report() != null) {
            Timeline.addForLedger(
                    connection, before.alertId(), now, "provider-status", Timeline.PROVIDER, detail(before, sid, said));
        }
        if (!news && (sid == null || before.sid() != null)) {
            return new Reported(before, false, List.of());
        }
        Attempt after = before.with(
                news ? next : before.state(),
                before.sid() == null ? sid : before.sid(),
                news ? HiddenNumbers.in(said.error()) : before.error(),
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
            note(connection, after, said, now, actor);
            AlertStore.tellChange(connection, after.alertId());
            boolean isEnd = after.channel() == Channel.VOICE ? next.isOver() : next == AttemptState.FAILED;
            if (isEnd) {
                ended.add(after.alertId());
            }
            if (after.channel() == Channel.VOICE && next != AttemptState.REACHED) {
                Attempts.listBundle(connection, after.attemptId())
                        .forEach(bundled ->
                                // The lock of the phone is theirs as well.
                                ended.addAll(report(connection, bundled, said.withoutSid(), now)
                                        .ended()));
            }
        }
        return new Reported(after, news, ended);
    }

    /// Notes that there is a new attempt.
    static void noteNew(Connection connection, Attempt added, Instant now) {
        note(connection, added, new News(added.state(), null, null, null, null), now, Timeline.PLATFORM);
    }

    private static void note(Connection connection, Attempt attempt, News said, Instant now, String actor) {
        Map<String, String> detail = detail(attempt, attempt.sid(), said);
        detail.put("step", Integer.toString(attempt.step()));
        detail.put("purpose", attempt.purpose().word());
        detail.put("state", attempt.state().word());
        String error = attempt.error();
        if (error != null) {
            detail.put("error", error);
        }
        Timeline.add(connection, attempt.alertId(), now, EventType.ATTEMPT, actor, detail);
    }

    private static Map<String, String> detail(Attempt attempt, @Nullable String sid, News said) {
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
        SendResult.Proof proof = said.proof();
        if (proof != null) {
            detail.put("proof", proof.name().toLowerCase(Locale.ROOT));
        }
        ProviderReport report = said.report();
        if (report != null) {
            detail.put("provider-status", report.status());
            Instant at = report.at();
            if (at != null) {
                detail.put("provider-at", at.toString());
            }
        }
        return detail;
    }
}

package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// The attempts of which the provider should have told how they ended, and did not. All methods work in the caller's
/// transaction.
public final class SilentAttempts {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration REQUEST = Duration.ofSeconds(15);
    private static final Duration CONVERSATION = Duration.ofMinutes(2);
    private static final Duration WORTH_ASKING = Duration.ofDays(1);
    private static final Duration NEARBY = Duration.ofMinutes(1);
    private static final Duration CALL_WORTH_MAKING = Duration.ofMinutes(5);

    /// Nobody has heard of these since they were asked of the provider: a crash or a lost reply may be why. Errors of
    /// the provider begin with its code; ours after a missing reply do not.
    private static final String WITHOUT_SID = """
            (provider_sid is null and bundle_of is null
             and (state = 'starting' and placed_at is not null or state = 'failed' and coalesce(error, '') !~ '^[0-9]'))
            """;

    private SilentAttempts() {}

    /// Takes those that are to be asked about now, and notes that they are asked about: each is again after twice the
    /// time, for a day. Calls come first; one because of which somebody else's call waits is not left for long.
    ///
    /// @param ringing how long a phone rings at most
    /// @param count how many at most
    public static List<Attempt> take(Connection connection, Duration ringing, int count, Instant now) {
        Set<UUID> ids = Sql.on(connection, """
                        update escalation_attempt set asked_at = :now
                         where attempt_id in (
                            select attempt_id from escalation_attempt t
                             where started_at > :since and bundle_of is null and channel in ('sms', 'voice')
                               and (asked_at is null or :now - started_at >= 2 * (asked_at - started_at))
                               and (%s and updated_at < :noReplySince
                                    or provider_sid is not null
                                       and (channel = 'sms' and state = 'accepted' and updated_at < :acceptedSince
                                            or channel = 'voice' and state in ('accepted', 'ringing')
                                               and updated_at < :ringingSince
                                            or channel = 'voice' and state = 'answered'
                                               and updated_at < :answeredSince
                                            or channel = 'voice' and state in ('accepted', 'ringing', 'answered')
                                               and updated_at < :acceptedSince
                                               and exists (select from escalation_attempt other
                                                            where other.destination = t.destination
                                                              and other.channel = 'voice'
                                                              and other.started_at > t.updated_at)))
                             order by channel = 'sms', asked_at nulls first, started_at limit :count)
                        returning attempt_id""".formatted(WITHOUT_SID))
                .with("now", now)
                .with("since", now.minus(WORTH_ASKING))
                .with("noReplySince", now.minus(REQUEST).minus(GRACE))
                .with("acceptedSince", now.minus(GRACE))
                .with("ringingSince", now.minus(ringing).minus(GRACE))
                .with("answeredSince", now.minus(CONVERSATION).minus(GRACE))
                .with("count", count)
                .list(row -> row.uuid("attempt_id"))
                .stream()
                .collect(Collectors.toSet());
        return ids.stream()
                .flatMap(id -> Attempts.find(connection, id).stream())
                .toList();
    }

    /// Whether no other attempt without a provider's name went to the same number at about the same time: what is
    /// found there can then be this one alone.
    public static boolean isAlone(Connection connection, Attempt attempt) {
        Instant placedAt = Objects.requireNonNullElse(attempt.placedAt(), attempt.startedAt());
        return Sql.on(connection, """
                        select count(*)::int as rivals from escalation_attempt
                         where destination = any(:phones) and channel = :channel and attempt_id <> :attempt
                           and placed_at between :from and :to and %s""".formatted(WITHOUT_SID))
                        .with("phones", SecretColumn.PHONE.anyOf(attempt.destination()))
                        .with("channel", attempt.channel().word())
                        .with("attempt", attempt.attemptId())
                        .with("from", placedAt.minus(NEARBY))
                        .with("to", placedAt.plus(NEARBY))
                        .get(row -> row.number("rivals"))
                == 0;
    }

    /// Puts a text or a call back into its line of which the provider knows nothing: whoever took
    /// it was killed before it asked, or the provider failed. A call waits while the phone rings
    /// for something else, and one whose time is over, as the next people are called or many
    /// minutes have passed, is withdrawn: it would ring somebody who is not on duty any more.
    ///
    /// @param asked the attempt as it was when the provider was asked
    /// @return false when somebody has heard of it, taken it or asked for it meanwhile, or it may
    ///     not go now
    public static boolean putBack(Connection connection, Attempt asked, Instant now) {
        Instant placedAt = Objects.requireNonNull(asked.placedAt());
        Attempt locked = AttemptReports.lock(connection, asked.attemptId());
        boolean isAsItWas = (asked.state() == AttemptState.STARTING || asked.state() == AttemptState.FAILED)
                && locked.state() == asked.state()
                && locked.sid() == null
                && placedAt.equals(locked.placedAt())
                && locked.updatedAt().equals(asked.updatedAt());
        if (!isAsItWas) {
            return false;
        }
        if (asked.channel() == Channel.VOICE) {
            boolean isLate = Attempts.nextStep(connection, asked.alertId()) > asked.step() + 1
                    || placedAt.isBefore(now.minus(CALL_WORTH_MAKING));
            if (isLate) {
                AttemptReports.report(connection, asked.attemptId(), AttemptState.CANCELED, null, null, now);
                return false;
            }
            if (Attempts.findLiveCall(connection, asked.destination(), now).isPresent()) {
                return false;
            }
        }
        Sql.on(connection, """
                        update escalation_attempt set state = 'starting', placed_at = null, error = null
                         where attempt_id = :attempt or bundle_of = :attempt""").with("attempt", asked.attemptId()).update();
        Timeline.addForLedger(
                connection,
                asked.alertId(),
                now,
                "put-back",
                Timeline.PLATFORM,
                Map.of("attempt", asked.attemptId().toString(), "taken-at", placedAt.toString()));
        return true;
    }

    /// Whether this link went out with this attempt.
    public static boolean isOf(Connection connection, Attempt attempt, LinkToken link) {
        return Sql.on(connection, """
                        select exists (select from escalation_attempt
                                        where attempt_id = :attempt and link_hash = :link) as is_of""")
                .with("attempt", attempt.attemptId())
                .with("link", link.hash())
                .get(row -> row.flag("is_of"));
    }

    /// Those of the provider's names that belong to an attempt, or to anything else that we asked for, already.
    public static Set<String> known(Connection connection, Collection<String> sids) {
        return Sql.on(connection, """
                        select provider_sid as sid from escalation_attempt where provider_sid = any(:sids)
                        union select provider_sid from test_ring where provider_sid = any(:sids)
                        union select provider_sid from check_in_call where provider_sid = any(:sids)
                        union select provider_sid from phone_call_leg where provider_sid = any(:sids)
                        union select provider_sid from task_text where provider_sid = any(:sids)
                        union select provider_sid from notice_text where provider_sid = any(:sids)""").with("sids", sids.toArray(String[]::new)).list(row -> row.text("sid")).stream()
                .collect(Collectors.toSet());
    }
}

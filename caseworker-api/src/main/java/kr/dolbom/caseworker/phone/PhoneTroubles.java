package kr.dolbom.caseworker.phone;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.notice.Notices;

/// The numbers that cannot be used, as attempts show them. All methods work in the caller's transaction.
public final class PhoneTroubles {
    private static final String COLUMNS = """
            select trouble_id, phone, channel, code, reason, since, seen_at from phone_trouble where cleared_at is null
            """;

    /// Whoever is out of coverage comes back: after a day the number is tried again.
    private static final Duration PASSES_AFTER = Duration.ofDays(1);

    private static final int IN_A_ROW = 3;

    private PhoneTroubles() {}

    /// Learns what a report of an attempt says about its number: a dead one is marked and its office told, one that
    /// works again is cleared.
    ///
    /// @param attempt as it stands after the report
    public static void learn(Connection connection, Attempt attempt, Instant now) {
        if (isSuccess(attempt)) {
            clear(connection, attempt.destination(), attempt.channel(), now);
        } else if (attempt.state() == AttemptState.FAILED && attempt.channel() != Channel.PUSH) {
            TroubleCode.find(attempt.error())
                    .filter(code -> code != TroubleCode.UNREACHABLE || isLasting(connection, attempt, now))
                    .ifPresent(code -> mark(connection, attempt, code, now));
        }
    }

    private static boolean isSuccess(Attempt attempt) {
        return switch (attempt.state()) {
            case DELIVERED, ANSWERED, COMPLETED, REACHED -> true;
            case STARTING, ACCEPTED, RINGING, NO_ANSWER, BUSY, FAILED, CANCELED -> false;
        };
    }

    /// Whether it was so three times in a row within a day, or is marked already.
    private static boolean isLasting(Connection connection, Attempt attempt, Instant now) {
        List<Boolean> latest = Sql.on(connection, """
                        select state = 'failed' and coalesce(split_part(error, ' ', 1), '') = :code as unreachable
                          from escalation_attempt
                         where destination = :phone and channel = :channel and started_at > :since
                           and state in ('failed', 'delivered', 'answered', 'completed', 'reached')
                         order by started_at desc limit :count""")
                .with("code", TroubleCode.UNREACHABLE.code())
                .with("phone", attempt.destination())
                .with("channel", attempt.channel().word())
                .with("since", now.minus(PASSES_AFTER))
                .with("count", IN_A_ROW)
                .list(row -> row.flag("unreachable"));
        return (latest.size() == IN_A_ROW && !latest.contains(false))
                || Sql.on(connection, COLUMNS + "and phone = :phone and channel = :channel")
                        .with("phone", attempt.destination())
                        .with("channel", attempt.channel().word())
                        .find(PhoneTroubles::read)
                        .isPresent();
    }

    private static void mark(Connection connection, Attempt attempt, TroubleCode code, Instant now) {
        Sql.on(connection, """
                        insert into phone_trouble as t (phone, channel, code, reason, since, seen_at)
                        values (:phone, :channel, :code, :reason, :now, :now)
                        on conflict (phone, channel) do update
                           set code = excluded.code, reason = excluded.reason, seen_at = excluded.seen_at,
                               since = case when t.cleared_at is null then t.since else excluded.since end,
                               cleared_at = null""")
                .with("phone", attempt.destination())
                .with("channel", attempt.channel().word())
                .with("code", code.code())
                .with("reason", code.reason())
                .with("now", now)
                .update();
        Notices.raise(
                connection,
                officeOf(connection, attempt.person()),
                noticeOf(attempt.channel()),
                about(attempt.destination(), attempt.channel()),
                now,
                attempt.person().name(),
                attempt.channel().word(),
                code.code());
    }

    private static int officeOf(Connection connection, Alert.Person person) {
        String query = person.kind() == PersonKind.CASEWORKER
                ? "select office_no from caseworker where caseworker_no = :number"
                : "select r.office_no from guardian g join resident r using (resident_no) where guardian_no = :number";
        return Sql.on(connection, query).with("number", person.number()).get(row -> row.number("office_no"));
    }

    /// Who has no KakaoTalk is still reached by texts.
    private static String noticeOf(Channel channel) {
        return channel == Channel.ALIMTALK ? "alimtalk-unusable" : "number-unusable";
    }

    private static String about(String phone, Channel channel) {
        return phone + " " + channel.word();
    }

    /// The number works, or is to be tried again; does nothing when nothing is known against it.
    ///
    /// @return whether something was
    static boolean clear(Connection connection, String phone, Channel channel, Instant now) {
        int cleared = Sql.on(connection, """
                        update phone_trouble set cleared_at = :now
                         where phone = :phone and channel = :channel and cleared_at is null""")
                .with("now", now)
                .with("phone", phone)
                .with("channel", channel.word())
                .update();
        if (cleared == 0) {
            return false;
        }
        String kind = noticeOf(channel);
        String about = about(phone, channel);
        Sql.on(connection, """
                        select office_no from notice where kind = :kind and about = :about and ended_at is null""")
                .with("kind", kind)
                .with("about", about)
                .list(row -> row.number("office_no"))
                .forEach(office -> Notices.end(connection, office, kind, about, now));
        return true;
    }

    /// By what this number cannot be used now, with the provider's code.
    public static List<PhoneTrouble> list(Connection connection, String phone, Instant now) {
        return Sql.on(connection, COLUMNS + "and phone = :phone and (code <> :passing or seen_at > :since)")
                .with("phone", phone)
                .with("passing", TroubleCode.UNREACHABLE.code())
                .with("since", now.minus(PASSES_AFTER))
                .list(PhoneTroubles::read);
    }

    /// Everything that is known against numbers, latest first.
    static List<PhoneTrouble> list(Connection connection) {
        return Sql.on(connection, COLUMNS + "order by since desc, phone, channel limit 1000")
                .list(PhoneTroubles::read);
    }

    /// The one with this id, unless it is cleared.
    static Optional<PhoneTrouble> find(Connection connection, UUID troubleId) {
        return Sql.on(connection, COLUMNS + "and trouble_id = :trouble")
                .with("trouble", troubleId)
                .find(PhoneTroubles::read);
    }

    /// Those of these numbers, E.164, that texts or calls do not reach.
    public static Set<String> among(Connection connection, Collection<String> phones) {
        return Sql.on(connection, """
                        select distinct phone from phone_trouble
                         where phone = any(:phones) and channel in ('sms', 'voice') and cleared_at is null""")
                .with("phones", phones.toArray(String[]::new))
                .list(row -> row.text("phone"))
                .stream()
                .collect(Collectors.toSet());
    }

    private static PhoneTrouble read(Row row) {
        return new PhoneTrouble(
                row.uuid("trouble_id"),
                row.text("phone"),
                Channel.find(row.text("channel")).orElseThrow(),
                row.text("code"),
                row.text("reason"),
                row.instant("since"),
                row.instant("seen_at"));
    }
}

package kr.dolbom.caseworker.phone;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.notice.Notices;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.caseworker.secrecy.SecretColumn;

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
                         where destination = any(:phones) and channel = :channel and started_at > :since
                           and state in ('failed', 'delivered', 'answered', 'completed', 'reached')
                         order by started_at desc limit :count""")
                .with("code", TroubleCode.UNREACHABLE.code())
                .with("phones", SecretColumn.PHONE.anyOf(attempt.destination()))
                .with("channel", attempt.channel().word())
                .with("since", now.minus(PASSES_AFTER))
                .with("count", IN_A_ROW)
                .list(row -> row.flag("unreachable"));
        return (latest.size() == IN_A_ROW && !latest.contains(false))
                || !Sql.on(connection, COLUMNS + "and phone = any(:phones) and channel = :channel")
                        .with("phones", SecretColumn.PHONE.anyOf(attempt.destination()))
                        .with("channel", attempt.channel().word())
                        .list(PhoneTroubles::read)
                        .isEmpty();
    }

    private static void mark(Connection connection, Attempt attempt, TroubleCode code, Instant now) {
        UUID troubleId = change(connection, attempt, code, now).orElseGet(() -> add(connection, attempt, code, now));
        Notices.raise(
                connection,
                officeOf(connection, attempt.person()),
                noticeOf(attempt.channel()),
                troubleId.toString(),
                now,
                attempt.person().name(),
                attempt.channel().word(),
                code.code());
    }

    /// The number may stand there by a key of before: then it keeps its row.
    private static Optional<UUID> change(Connection connection, Attempt attempt, TroubleCode code, Instant now) {
        return Sql.on(connection, """
                        update phone_trouble
                           set code = :code, reason = :reason, seen_at = :now,
                               since = case when cleared_at is null then since else :now end, cleared_at = null
                         where phone = any(:phones) and channel = :channel
                        returning trouble_id""")
                .with("phones", SecretColumn.PHONE.anyOf(attempt.destination()))
                .with("channel", attempt.channel().word())
                .with("code", code.code())
                .with("reason", code.reason())
                .with("now", now)
                .list(row -> row.uuid("trouble_id"))
                .stream()
                .findFirst();
    }

    private static UUID add(Connection connection, Attempt attempt, TroubleCode code, Instant now) {
        return Sql.on(connection, """
                        insert into phone_trouble (phone, channel, code, reason, since, seen_at)
                        values (:phone, :channel, :code, :reason, :now, :now)
                        on conflict (phone, channel) do update
                           set code = excluded.code, reason = excluded.reason, seen_at = excluded.seen_at,
                               cleared_at = null
                        returning trouble_id""")
                .with("phone", SecretColumn.PHONE.of(attempt.destination()))
                .with("channel", attempt.channel().word())
                .with("code", code.code())
                .with("reason", code.reason())
                .with("now", now)
                .get(row -> row.uuid("trouble_id"));
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

    /// The number works, or is to be tried again; does nothing when nothing is known against it.
    ///
    /// @return whether something was
    static boolean clear(Connection connection, String phone, Channel channel, Instant now) {
        List<UUID> cleared = Sql.on(connection, """
                        update phone_trouble set cleared_at = :now
                         where phone = any(:phones) and channel = :channel and cleared_at is null
                        returning trouble_id""")
                .with("now", now)
                .with("phones", SecretColumn.PHONE.anyOf(phone))
                .with("channel", channel.word())
                .list(row -> row.uuid("trouble_id"));
        String kind = noticeOf(channel);
        for (UUID troubleId : cleared) {
            String about = troubleId.toString();
            Sql.on(connection, """
                            select office_no from notice
                             where kind = :kind and about = :about and ended_at is null""")
                    .with("kind", kind)
                    .with("about", about)
                    .list(row -> row.number("office_no"))
                    .forEach(office -> Notices.end(connection, office, kind, about, now));
        }
        return !cleared.isEmpty();
    }

    /// By what this number cannot be used now, with the provider's code; by nothing where it cannot be read.
    public static List<PhoneTrouble> list(Connection connection, String phone, Instant now) {
        if (phone.equals(Secrecy.UNREADABLE)) {
            return Stream.of(Channel.VOICE, Channel.SMS, Channel.ALIMTALK)
                    .map(channel -> new PhoneTrouble(
                            new UUID(0, 0), phone, channel, "unreadable", "The number cannot be read", now, now))
                    .toList();
        }
        return Sql.on(connection, COLUMNS + "and phone = any(:phones) and (code <> :passing or seen_at > :since)")
                .with("phones", SecretColumn.PHONE.anyOf(phone))
                .with("passing", TroubleCode.UNREACHABLE.code())
                .with("since", now.minus(PASSES_AFTER))
                .list(PhoneTroubles::read);
    }

    /// Everything that is known against numbers, latest first.
    static List<PhoneTrouble> list(Connection connection) {
        return Sql.on(connection, COLUMNS + "order by since desc, trouble_id limit 1000")
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
        Set<String> unusable = new HashSet<>(Sql.on(connection, """
                        select phone from phone_trouble
                         where phone = any(:phones) and channel in ('sms', 'voice') and cleared_at is null""")
                .with("phones", SecretColumn.PHONE.anyOf(phones))
                .list(row -> row.secret("phone", SecretColumn.PHONE)));
        if (phones.contains(Secrecy.UNREADABLE)) {
            unusable.add(Secrecy.UNREADABLE);
        }
        return unusable;
    }

    private static PhoneTrouble read(Row row) {
        return new PhoneTrouble(
                row.uuid("trouble_id"),
                row.secret("phone", SecretColumn.PHONE),
                Channel.find(row.text("channel")).orElseThrow(),
                row.text("code"),
                row.text("reason"),
                row.instant("since"),
                row.instant("seen_at"));
    }
}

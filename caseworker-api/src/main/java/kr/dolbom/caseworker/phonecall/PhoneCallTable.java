package kr.dolbom.caseworker.phonecall;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.secrecy.HiddenNumbers;
import org.jspecify.annotations.Nullable;

/// The rows of calls. All methods work in the caller's transaction.
final class PhoneCallTable {
    private static final String CALLS = """
            select call_no, call_id, office_no, is_group, alert_id, started_at, canceled_at, ended_at from phone_call
            """;
    private static final String OPEN = "state in ('starting', 'accepted', 'ringing', 'answered')";

    private PhoneCallTable() {}

    static UUID add(
            Connection connection,
            Party caller,
            List<Party> others,
            String askedBy,
            boolean isGroup,
            @Nullable UUID alertId,
            Instant now) {
        record Added(int number, UUID callId) {}
        Added call = Sql.on(connection, """
                        insert into phone_call (office_no, caseworker_no, asked_by, is_group, alert_id, started_at)
                        values (:office, :caller, :by, :group, :alert, :now) returning call_no, call_id""")
                .with("office", caller.officeNo())
                .with("caller", caller.number())
                .with("by", askedBy)
                .with("group", isGroup)
                .with("alert", alertId)
                .with("now", now)
                .get(row -> new Added(row.number("call_no"), row.uuid("call_id")));
        List<Party> parties = Stream.concat(Stream.of(caller), others.stream()).toList();
        for (int place = 0; place < parties.size(); place++) {
            Party party = parties.get(place);
            Sql.on(connection, """
                            insert into phone_call_leg
                                (call_no, place, kind, caseworker_no, guardian_no, resident_no, state, updated_at)
                            values (:call, :place, :kind, :caseworker, :guardian, :resident, 'starting', :now)""")
                    .with("call", call.number())
                    .with("place", place)
                    .with("kind", party.kind().word())
                    .with("caseworker", party.kind() == PartyKind.CASEWORKER ? party.number() : null)
                    .with("guardian", party.kind() == PartyKind.GUARDIAN ? party.number() : null)
                    .with("resident", party.kind() == PartyKind.RESIDENT ? party.number() : null)
                    .with("now", now)
                    .update();
        }
        return call.callId();
    }

    /// The call of this person that lasts.
    static Optional<UUID> findOpen(Connection connection, int caseworkerNo) {
        return Sql.on(connection, """
                        select call_id from phone_call where caseworker_no = :caller and ended_at is null""").with("caller", caseworkerNo).find(row -> row.uuid("call_id"));
    }

    static Optional<PhoneCall> find(Connection connection, UUID callId) {
        return Sql.on(connection, CALLS + "where call_id = :call")
                .with("call", callId)
                .find(row -> read(connection, row));
    }

    /// The call to which a phone belongs, locked: whatever happens to one call happens one after the other.
    static Optional<PhoneCall> findAndLock(Connection connection, UUID legId) {
        Optional<Integer> number = Sql.on(connection, "select call_no from phone_call_leg where leg_id = :leg")
                .with("leg", legId)
                .find(row -> row.number("call_no"));
        return number.map(call -> {
            Sql.on(connection, "select from phone_call where call_no = :call for update")
                    .with("call", call)
                    .list(row -> row);
            return Sql.on(connection, CALLS + "where call_no = :call")
                    .with("call", call)
                    .get(row -> read(connection, row));
        });
    }

    static void update(
            Connection connection,
            UUID legId,
            AttemptState state,
            @Nullable Instant joinedAt,
            @Nullable String sid,
            @Nullable String error,
            Instant now) {
        Sql.on(connection, """
                        update phone_call_leg
                           set state = :state, joined_at = coalesce(joined_at, :joined),
                               provider_sid = coalesce(provider_sid, :sid), error = coalesce(:error, error),
                               updated_at = :now
                         where leg_id = :leg""")
                .with("state", state.word())
                .with("joined", joinedAt)
                .with("sid", sid)
                .with("error", HiddenNumbers.in(error))
                .with("now", now)
                .with("leg", legId)
                .update();
    }

    static void cancel(Connection connection, int number, Instant now) {
        Sql.on(connection, "update phone_call set canceled_at = coalesce(canceled_at, :now) where call_no = :call")
                .with("now", now)
                .with("call", number)
                .update();
    }

    /// Notes that a call is over.
    ///
    /// @return whether it was not over before
    static boolean end(Connection connection, int number, Instant now) {
        return Sql.on(connection, "update phone_call set ended_at = :now where call_no = :call and ended_at is null")
                        .with("now", now)
                        .with("call", number)
                        .update()
                == 1;
    }

    /// Phones of which nothing was heard for long, with the provider's names for them where it gave one; they count as
    /// asked about from now on.
    static List<PhoneCalls.Silent> takeSilent(Connection connection, Duration silence, Instant now) {
        return Sql.on(connection, """
                        update phone_call_leg l set asked_at = :now
                          from phone_call c
                         where c.call_no = l.call_no and l.%s and l.updated_at < :before
                           and (l.asked_at is null or l.asked_at < :before)
                           and (l.place = 0 or c.is_group or l.provider_sid is not null)
                        returning l.leg_id, l.provider_sid, c.started_at""".formatted(OPEN))
                .with("now", now)
                .with("before", now.minus(silence))
                .list(row -> new PhoneCalls.Silent(
                        row.uuid("leg_id"), row.findText("provider_sid"), row.instant("started_at")));
    }

    private static PhoneCall read(Connection connection, Row row) {
        int number = row.number("call_no");
        List<PhoneCall.Leg> legs = Sql.on(connection, """
                        select leg_id, kind, coalesce(caseworker_no, guardian_no, resident_no) as person, state, joined_at,
                               provider_sid, error
                          from phone_call_leg where call_no = :call order by place""")
                .with("call", number)
                .list(leg -> new PhoneCall.Leg(
                        leg.uuid("leg_id"),
                        Party.get(
                                connection,
                                PartyKind.find(Objects.requireNonNull(leg.findText("kind")))
                                        .orElseThrow(),
                                leg.number("person")),
                        AttemptState.get(leg.text("state")),
                        leg.findInstant("joined_at"),
                        leg.findText("provider_sid"),
                        leg.findText("error")));
        return new PhoneCall(
                number,
                row.uuid("call_id"),
                row.number("office_no"),
                row.flag("is_group"),
                row.findUuid("alert_id"),
                row.instant("started_at"),
                row.findInstant("canceled_at"),
                row.findInstant("ended_at"),
                legs);
    }
}

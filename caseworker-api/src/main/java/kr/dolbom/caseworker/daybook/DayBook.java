package kr.dolbom.caseworker.daybook;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.timer.Chore;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// Keeps the days of all residents up to what was stored of telemetry. It follows the feed by transaction, as the risk
/// engine does: its position and what it counted are committed together, so that no message counts twice or is missed.
/// Safe for use by many threads and instances: they wait for each other.
@Singleton
public final class DayBook implements Chore {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final String READER = "day-book";
    private static final int BATCH_ROWS = 20_000;

    /// So that a run ends, though it begins with the telemetry of a year.
    private static final int MOST_BATCHES = 500;

    private final Transactions transactions;

    DayBook(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "day-book";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        for (int i = 0; i < MOST_BATCHES && !Thread.currentThread().isInterrupted(); i++) {
            if (transactions.run(DayBook::countSome) < BATCH_ROWS) {
                return;
            }
        }
    }

    /// The days of a resident, by day; such of which nothing was heard are missing.
    ///
    /// @param since the first day
    public static List<ResidentDay> list(Connection connection, int residentNo, LocalDate since) {
        return Sql.on(connection, """
                        select day::text as day, array_to_string(seen, ' ') as seen,
                               array_to_string(bathroom, ' ') as bathroom, talks, turns, talk_seconds, taken, missed
                          from resident_day where resident_no = :resident and day >= :since::date order by day""")
                .with("resident", residentNo)
                .with("since", since.toString())
                .list(row -> new ResidentDay(
                        LocalDate.parse(row.text("day")),
                        masks(row.text("seen")),
                        masks(row.text("bathroom")),
                        row.number("talks"),
                        row.number("turns"),
                        row.number("talk_seconds"),
                        row.number("taken"),
                        row.number("missed")));
    }

    /// Up to when telemetry was counted; empty before the first time.
    public static Optional<Instant> findCountedUntil(Connection connection) {
        return Sql.on(connection, "select updated_at from feed_position where reader = :reader")
                .with("reader", READER)
                .find(row -> row.instant("updated_at"));
    }

    private record Message(String txid, int residentNo, Instant at, Telemetry data) {}

    private static int countSome(Connection connection) {
        String position = lockPosition(connection);
        List<Message> messages = new ArrayList<>();
        String last = position;
        int rows = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                select txid::text, least(at, received_at), resident_no, kind, data
                  from (select * from telemetry
                         where txid > ?::xid8 and txid < pg_snapshot_xmin(pg_current_snapshot())
                         order by txid fetch first ? rows with ties) t order by t.txid""")) {
            select.setString(1, position);
            select.setInt(2, BATCH_ROWS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    last = row.getString(1);
                    read(row).ifPresent(messages::add);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        write(connection, count(connection, messages));
        Sql.on(connection, "update feed_position set txid = :txid::xid8, updated_at = now() where reader = :reader")
                .with("txid", last)
                .with("reader", READER)
                .update();
        return rows;
    }

    private static String lockPosition(Connection connection) {
        Sql.on(connection, "insert into feed_position (reader, txid) values (:reader, '0') on conflict do nothing")
                .with("reader", READER)
                .update();
        return Sql.on(connection, "select txid::text as txid from feed_position where reader = :reader for update")
                .with("reader", READER)
                .get(row -> row.text("txid"));
    }

    /// Empty where the device stood in no home, or the message cannot be read, which the risk engine logs.
    private static Optional<Message> read(ResultSet row) throws SQLException {
        int residentNo = row.getInt(3);
        if (row.wasNull()) {
            return Optional.empty();
        }
        try {
            TelemetryKind kind = TelemetryKind.getByNumber(row.getInt(4));
            return switch (Contract.readTelemetryData(kind, CompactJson.decode(row.getBytes(5)))) {
                case ReadResult.Valid<Telemetry>(Telemetry data) ->
                    Optional.of(new Message(
                            row.getString(1),
                            residentNo,
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            data));
                case ReadResult.Invalid<Telemetry> _ -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<DayTally.Counted> count(Connection connection, List<Message> messages) {
        Map<Integer, ZoneId> zones = new HashMap<>();
        Sql.on(connection, """
                        select resident_no, time_zone from resident join office using (office_no)
                         where resident_no = any(:residents)""")
                .with(
                        "residents",
                        messages.stream().map(Message::residentNo).distinct().toArray(Integer[]::new))
                .list(row -> zones.put(row.number("resident_no"), ZoneId.of(row.text("time_zone"))));
        var tally = new DayTally();
        for (Message message : messages) {
            ZoneId zone = zones.get(message.residentNo());
            if (zone != null) {
                tally.add(message.residentNo(), message.at(), zone, message.data());
            }
        }
        return List.copyOf(tally.list());
    }

    private static void write(Connection connection, List<DayTally.Counted> days) {
        if (days.isEmpty()) {
            return;
        }
        Sql.on(connection, """
                        insert into resident_day (resident_no, day, seen, bathroom, talks, turns, talk_seconds, taken, missed)
                        select resident_no, day::date, seen::smallint[], bathroom::smallint[], talks, turns, seconds, taken,
                               missed
                          from unnest(:residents::int[], :days::text[], :seen::text[], :bathroom::text[], :talks::int[],
                                      :turns::int[], :seconds::int[], :taken::int[], :missed::int[])
                               as counted (resident_no, day, seen, bathroom, talks, turns, seconds, taken, missed)
                        on conflict (resident_no, day) do update
                           set seen = or_each(resident_day.seen, excluded.seen),
                               bathroom = or_each(resident_day.bathroom, excluded.bathroom),
                               talks = resident_day.talks + excluded.talks,
                               turns = resident_day.turns + excluded.turns,
                               talk_seconds = resident_day.talk_seconds + excluded.talk_seconds,
                               taken = resident_day.taken + excluded.taken,
                               missed = resident_day.missed + excluded.missed""")
                .with("residents", numbers(days.stream().mapToInt(DayTally.Counted::residentNo)))
                .with("days", texts(days, day -> day.day().toString()))
                .with("seen", texts(days, day -> array(day.seen())))
                .with("bathroom", texts(days, day -> array(day.bathroom())))
                .with("talks", numbers(days.stream().mapToInt(one -> one.day().talks())))
                .with("turns", numbers(days.stream().mapToInt(one -> one.day().turns())))
                .with("seconds", numbers(days.stream().mapToInt(one -> one.day().talkSeconds())))
                .with("taken", numbers(days.stream().mapToInt(one -> one.day().taken())))
                .with("missed", numbers(days.stream().mapToInt(one -> one.day().missed())))
                .update();
    }

    private static Integer[] numbers(IntStream values) {
        return values.boxed().toArray(Integer[]::new);
    }

    private static String[] texts(List<DayTally.Counted> days, Function<ResidentDay, String> text) {
        return days.stream().map(one -> text.apply(one.day())).toArray(String[]::new);
    }

    private static String array(List<Integer> masks) {
        return masks.toString().replace('[', '{').replace(']', '}');
    }

    private static List<Integer> masks(String text) {
        return Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
    }
}

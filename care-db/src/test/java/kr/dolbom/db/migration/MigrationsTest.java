package kr.dolbom.db.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import kr.dolbom.db.fixture.TestDatabase;
import kr.dolbom.db.server.DatabaseKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {
    private static final String HYPERTABLES =
            "select count(*) from pg_trigger where tgname = 'ts_insert_blocker' and tgrelid = 'telemetry'::regclass";

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void anEmptyDatabaseGetsTheSchemaAndASecondTimeNothing(DatabaseKind kind) throws Exception {
        try (var database = TestDatabase.createEmpty(kind)) {
            Migrations.migrate(database.dataSource());
            String history = history(database.dataSource());
            assertEquals(kind == DatabaseKind.TIMESCALE ? "1" : "0", query(database.dataSource(), HYPERTABLES));
            Migrations.migrate(database.dataSource());
            assertEquals(history, history(database.dataSource()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void manyThreadsMayMigrateAtTheSameTimeEvenThroughASmallPool(DatabaseKind kind) throws Exception {
        try (var database = TestDatabase.createEmpty(kind);
                var reference = TestDatabase.create(kind);
                var pool = Databases.pool(database.connection(), "small", 3);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> program = () -> {
                Migrations.migrate(pool);
                return history(pool);
            };
            String expected = history(reference.dataSource());
            for (var seen :
                    threads.invokeAll(Stream.generate(() -> program).limit(4).toList())) {
                assertEquals(expected, seen.get());
            }
        }
    }

    @Test
    void aUserWhoMayNotCreateTimescaleGetsTheSchemaWithoutHypertables() throws Exception {
        try (var database = TestDatabase.createEmpty(DatabaseKind.TIMESCALE)) {
            execute(database.dataSource(), "create role modest login password 'modest'");
            try {
                execute(database.dataSource(), "grant all on schema public to modest");
                var modest = new DatabaseConnection(database.url(), "modest", "modest");
                try (var pool = Databases.pool(modest, "modest", 3)) {
                    Migrations.migrate(pool);
                    assertEquals("0", query(pool, HYPERTABLES));
                    assertEquals("0", query(pool, "select count(*) from telemetry"));
                }
            } finally {
                execute(database.dataSource(), "drop owned by modest");
                execute(database.dataSource(), "drop role modest");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void aMessageSentAgainIsStoredOnce(DatabaseKind kind) throws Exception {
        String insert = """
                insert into telemetry (at, received_at, seq, device_no, kind, message_id, data)
                values ('2026-03-01T09:00+09', now(), 1, 1, 1, '0195e5a0-0000-7000-8000-000000000001', '{}')
                on conflict do nothing""";
        try (var database = TestDatabase.create(kind)) {
            execute(database.dataSource(), insert);
            execute(database.dataSource(), insert);
            assertEquals("1", query(database.dataSource(), "select count(*) from telemetry"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void storedJsonIsReadAsJsonbWithOrWithoutCodes(DatabaseKind kind) throws Exception {
        try (var database = TestDatabase.create(kind)) {
            assertEquals(
                    "{\"말\": \"살려줘\", \"floor\": [1.50]}",
                    query(
                            database.dataSource(),
                            "select telemetry_data(convert_to('{\"말\":\"살려줘\",\"floor\":[1.50]}', 'UTF8'))"));
            assertEquals("{\"turns\": 3, \"counts\": [{\"sensor\": \"motion\"}]}", query(database.dataSource(), """
                            select telemetry_data('{'::bytea || '\\x1f22'::bytea || '{'::bytea || '\\x1f23'::bytea
                                                  || '\\x0c'::bytea || '"}],'::bytea || '\\x1f33'::bytea || '3}'::bytea)"""));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void messagesOfBeforeAreKeptWhenTheyBecomeCompact(DatabaseKind kind) throws Exception {
        try (var database = TestDatabase.createEmpty(kind);
                var pool = Databases.pool(database.connection(), "before", 3)) {
            Migrations.migrate(pool, "6");
            execute(pool, """
                    insert into telemetry (at, received_at, seq, device_no, kind, message_id, data)
                    values ('2026-03-01T09:00+09', now(), 1, 1, 1, '0195e5a0-0000-7000-8000-000000000001',
                            '{"말":"살려줘","floor":[1.50]}')""");
            Migrations.migrate(pool);
            assertEquals(
                    "{\"말\": \"살려줘\", \"floor\": [1.50]}", query(pool, "select telemetry_data(data) from telemetry"));
        }
    }

    private static String history(DataSource dataSource) throws SQLException {
        return query(dataSource, """
                select string_agg(version || ' ' || success, ', ' order by installed_rank)
                from flyway_schema_history where type = 'SQL'""");
    }

    private static String query(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

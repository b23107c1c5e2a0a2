package kr.dolbom.db.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseServerTest {

    @ParameterizedTest
    @EnumSource
    void everyKindStoresAndKeepsItOverARestart(DatabaseKind kind) throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE, DatabaseKind.PLAIN);
                var outer = DatabaseServer.start(cache.settings().withKind(DatabaseKind.TIMESCALE))) {
            DatabaseSettings settings = kind == DatabaseKind.EXTERNAL
                    ? DatabaseSettings.of(external(outer), "other")
                    : DatabaseSettings.of(cache.environment(), "other").withKind(kind);
            try (var server = DatabaseServer.start(settings)) {
                assertEquals(kind, server.kind());
                execute(server, "create table kept (word text)");
                execute(server, "insert into kept values ('영자')");
            }
            try (var server = DatabaseServer.start(settings)) {
                assertEquals(kind, server.kind());
                assertEquals("영자", query(server, "select word from kept"));
            }
        }
    }

    @Test
    void aServerOfOthersIsTakenFirstAndNeitherStartedNorStopped() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.PLAIN);
                var outer = DatabaseServer.start(cache.settings().withKind(DatabaseKind.PLAIN))) {
            DatabaseSettings settings = DatabaseSettings.of(external(outer), "mine");
            try (var server = DatabaseServer.start(settings)) {
                assertEquals(outer.url(), server.url());
            }
            assertFalse(Files.exists(settings.folder()));
            assertEquals("1", query(outer, "select 1"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void aSecondStartSharesTheRunningServerAndDoesNotStopIt(DatabaseKind kind) throws Exception {
        try (var cache = ScratchCache.withPrograms(kind);
                var first = DatabaseServer.start(cache.settings().withKind(kind))) {
            // As if another program had started it: that one lives and is not us.
            Path owner = cache.settings().folder().resolve("owner");
            String ours = Files.readString(owner);
            Files.writeString(owner, identityOf(ProcessHandle.current().parent().orElseThrow()));
            try (var second = DatabaseServer.start(cache.settings().withKind(kind))) {
                assertEquals(first.url(), second.url());
                assertEquals("1", query(second, "select 1"));
            }
            assertEquals("1", query(first, "select 1"));
            Files.writeString(owner, ours);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void aKilledServerRecoversAtTheNextStart(DatabaseKind kind) throws Exception {
        try (var cache = ScratchCache.withPrograms(kind)) {
            DatabaseServer killed = DatabaseServer.start(cache.settings().withKind(kind));
            execute(killed, "create table kept as select 7 as number");
            kill(cache.pid(kind));
            assertFalse(killed.isAlive());
            try (var server = DatabaseServer.start(cache.settings().withKind(kind))) {
                assertEquals("7", query(server, "select number from kept"));
            }
        }
    }

    @Test
    void aKilledServerRecoversEvenIfItsProcessNumberIsAnotherPrograms() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.PLAIN)) {
            DatabaseServer killed = DatabaseServer.start(cache.settings().withKind(DatabaseKind.PLAIN));
            long dead = cache.pid(DatabaseKind.PLAIN);
            Path pidFile = cache.data(DatabaseKind.PLAIN).resolve("postmaster.pid");
            kill(dead);
            assertFalse(killed.isAlive());
            // PostgreSQL forgives its own parents only; the parent of this process is none.
            long stranger = ProcessHandle.current().parent().orElseThrow().pid();
            Files.writeString(
                    pidFile, Files.readString(pidFile).replaceFirst(Long.toString(dead), Long.toString(stranger)));
            try (var server = DatabaseServer.start(cache.settings().withKind(DatabaseKind.PLAIN))) {
                assertEquals("1", query(server, "select 1"));
            }
        }
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.PLAIN);
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DatabaseSettings settings =
                    cache.settings().withKind(DatabaseKind.PLAIN).withPort(other.getLocalPort());
            var e = assertThrows(DatabaseServerException.class, () -> DatabaseServer.start(settings));
            assertEquals(
                    "Port " + other.getLocalPort() + " on 127.0.0.1 is taken by another program, the database server"
                            + " cannot listen there; end that program or choose another port with DOLBOM_DB_PORT",
                    e.getMessage());
        }
    }

    @Test
    void dataKeepTheKindThatTheyWereMadeWith() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE, DatabaseKind.PLAIN)) {
            DatabaseServer.start(cache.settings().withKind(DatabaseKind.PLAIN)).close();
            try (var server = DatabaseServer.start(cache.settings())) {
                assertEquals(DatabaseKind.PLAIN, server.kind());
            }
            var e = assertThrows(
                    DatabaseServerException.class,
                    () -> DatabaseServer.start(cache.settings().withKind(DatabaseKind.TIMESCALE)));
            assertTrue(e.toString().contains("of the kind PLAIN, not TIMESCALE"), e.toString());
        }
    }

    @Test
    void thePasswordIsRandomAndNobodyElseCanReadIt() throws Exception {
        try (var one = ScratchCache.withPrograms(DatabaseKind.PLAIN);
                var two = ScratchCache.withPrograms(DatabaseKind.PLAIN);
                var first = DatabaseServer.start(one.settings().withKind(DatabaseKind.PLAIN));
                var second = DatabaseServer.start(two.settings().withKind(DatabaseKind.PLAIN))) {
            assertNotEquals(first.password(), second.password());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            one.settings().folder().resolve("password"))));
            var e = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(first.url(), first.user(), second.password()));
            assertEquals("28P01", e.getSQLState());
        }
    }

    @Test
    void whatAKilledProcessLeftOverIsRemovedByTheNextThatNeedsAServer() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.PLAIN)) {
            Process owner = new ProcessBuilder("sleep", "600").start();
            String identity = identityOf(owner.toHandle());
            Path leftOver = cache.path.resolve("throwaway").resolve(identity + ".plain.1");
            DatabaseServer.start(cache.settings().throwAway(DatabaseKind.PLAIN, leftOver));
            long pid = Postmaster.find(leftOver.resolve("plain")).orElseThrow().pid();

            try (var _ = ThrowAwayServer.start(DatabaseKind.PLAIN, cache.environment())) {
                assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
            }
            owner.destroyForcibly().waitFor();
            try (var _ = ThrowAwayServer.start(DatabaseKind.PLAIN, cache.environment())) {
                assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
                assertFalse(Files.exists(leftOver));
            }
        }
    }

    @Test
    void anEnvironmentGivesTheUsualPortUnlessItNamesOne() {
        assertEquals(15432, DatabaseSettings.of(Map.of(), "dolbom").port());
        assertEquals(
                6000,
                DatabaseSettings.of(Map.of("DOLBOM_DB_PORT", "6000"), "dolbom").port());
        var e = assertThrows(
                IllegalArgumentException.class, () -> DatabaseSettings.of(Map.of("DOLBOM_DB_PORT", "db"), "dolbom"));
        assertEquals("DOLBOM_DB_PORT is 'db', expected a port number", e.getMessage());
    }

    @Test
    void aNameThatCouldNotBeADatabaseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> DatabaseSettings.of(Map.of(), "x; drop database y"));
        assertThrows(IllegalArgumentException.class, () -> DatabaseSettings.of(Map.of(), ""));
    }

    private static Map<String, String> external(DatabaseServer server) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DOLBOM_DB_URL", server.url());
        environment.put("DOLBOM_DB_USER", server.user());
        environment.put("DOLBOM_DB_PASSWORD", server.password());
        return environment;
    }

    private static String identityOf(ProcessHandle process) {
        Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
        return identity.orElseThrow().toString();
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    static String query(DatabaseServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(DatabaseServer server, String sql) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package kr.dolbom.db.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kr.dolbom.db.fixture.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseCommandTest {

    @Test
    void startTellsHowToReachAMigratedDatabaseUntilItIsEnded() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            Path info = cache.path.resolve("info.properties");
            try (var command = CommandProcess.start(cache, "start", "--info", info.toString())) {
                String ready = command.awaitReady();
                assertTrue(ready.startsWith("Database ready: timescale at jdbc:postgresql://127.0.0.1:"), ready);
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(info)));
                assertEquals("0", query(info, "select count(*) from resident"));
                command.end();
            }
            assertFalse(Files.exists(info));
            assertTrue(Postmaster.find(cache.data(DatabaseKind.TIMESCALE)).isEmpty());
        }
    }

    @Test
    void twoColdStartsWithoutAptUnpackPlainPostgresOnceShareItAndSayWhy() throws Exception {
        try (var cache = new ScratchCache()) {
            Map<String, String> environment = withoutApt(cache);
            String classPath = System.getProperty("java.class.path");
            try (var one = new CommandProcess(cache.path, environment, List.of(), classPath, "start");
                    var two = new CommandProcess(cache.path, environment, List.of(), classPath, "start")) {
                assertTrue(one.awaitReady().startsWith("Database ready: plain at "), one::output);
                assertEquals(one.awaitReady(), two.awaitReady());
                String told = one.errors() + two.errors();
                assertEquals(1, occurrences(told, "Unpacking PostgreSQL into"), told);
                assertEquals(1, occurrences(told, "Making a database"), told);
                assertEquals(1, occurrences(told, """
                        Hypertables are off, plain PostgreSQL is used: \
                        postgresql-17-timescaledb cannot be unpacked here: the program apt-get is missing; \
                        postgresql-17-timescaledb can be unpacked on Debian and its relatives only
                        """), told);
                one.end();
                two.end();
            }
            assertTrue(Postmaster.find(cache.data(DatabaseKind.PLAIN)).isEmpty());
        }
    }

    @Test
    void theServerOfAKilledProgramIsTakenOverByTheNextWithItsData() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            Path info = cache.path.resolve("info.properties");
            try (var killed = CommandProcess.start(cache, "start", "--info", info.toString())) {
                killed.awaitReady();
                execute(info, "create table kept as select 7 as number");
                killed.kill();
            }
            long lingering = cache.pid(DatabaseKind.TIMESCALE);
            try (var next = CommandProcess.start(cache, "start", "--info", info.toString())) {
                next.awaitReady();
                assertEquals(lingering, cache.pid(DatabaseKind.TIMESCALE));
                assertEquals("7", query(info, "select number from kept"));
                next.end();
            }
            assertTrue(Postmaster.find(cache.data(DatabaseKind.TIMESCALE)).isEmpty());
        }
    }

    @Test
    void aKilledServerIsStartedAgainAtItsPort() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            Path info = cache.path.resolve("info.properties");
            try (var command = CommandProcess.start(cache, "start", "--info", info.toString())) {
                command.awaitReady();
                execute(info, "create table kept as select 7 as number");
                long first = cache.pid(DatabaseKind.TIMESCALE);
                ProcessHandle.of(first).orElseThrow().destroyForcibly();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() -> cache.pid(DatabaseKind.TIMESCALE) != first
                                && query(info, "select number from kept").equals("7"));
                command.end();
            }
            assertTrue(Postmaster.find(cache.data(DatabaseKind.TIMESCALE)).isEmpty());
        }
    }

    @Test
    void aServerThatIsKilledBeforeItsSchemaIsUpToDateIsStartedAgain() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            Path info = cache.path.resolve("info.properties");
            try (var command = CommandProcess.start(cache, "start", "--info", info.toString())) {
                long first = Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(5))
                        .until(
                                () -> Postmaster.find(cache.data(DatabaseKind.TIMESCALE)),
                                server -> server.map(Postmaster::ready).orElse(false))
                        .orElseThrow()
                        .pid();
                ProcessHandle.of(first).orElseThrow().destroyForcibly();
                assertEquals("", command.output());

                command.awaitReady();
                assertNotEquals(first, cache.pid(DatabaseKind.TIMESCALE));
                assertEquals("0", query(info, "select count(*) from resident"));
                command.end();
            }
        }
    }

    /// As root this runs the program as an ordinary user; who runs the tests as such a user has it run as that one.
    @Test
    void anOrdinaryUserNeedsNoRights() throws Exception {
        boolean root = ServerUser.weAreRoot();
        List<String> prefix = root ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") : List.of();
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            String classPath =
                    CommandProcess.readableClassPath(Files.createDirectory(cache.path.resolve("class-path")));
            if (root) {
                Files.setAttribute(cache.path, "unix:uid", 65534);
            }
            Map<String, String> environment = cache.environment();
            try (var command = new CommandProcess(cache.path, environment, prefix, classPath, "start")) {
                command.awaitReady();
                assertEquals(
                        root ? 65534 : Files.getAttribute(cache.path, "unix:uid"),
                        Files.getAttribute(Path.of("/proc/" + cache.pid(DatabaseKind.TIMESCALE)), "unix:uid"));
                command.end();
            }
        }
    }

    @Test
    void aTakenPortIsToldInOneLineAndExitCodeOne() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE);
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var command = CommandProcess.start(cache, "start", "--port", "" + other.getLocalPort())) {
            assertEquals(1, command.awaitEnd());
            assertEquals(
                    "Port " + other.getLocalPort() + " on 127.0.0.1 is taken by another program, the database server"
                            + " cannot listen there; end that program or choose another port with DOLBOM_DB_PORT",
                    command.errors().lines().toList().getLast());
        }
    }

    @Test
    void resetLeavesAnEmptyMigratedDatabaseAndDoesNotEndItsServer() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            Path info = cache.path.resolve("info.properties");
            try (var running = CommandProcess.start(cache, "start", "--info", info.toString())) {
                running.awaitReady();
                execute(info, "insert into office (name_ko, name_en, short_name) values ('가', 'A', '가')");
                try (var reset = CommandProcess.start(cache, "reset", "--name", "dolbom")) {
                    assertEquals(0, reset.awaitEnd(), reset::errors);
                }
                assertEquals("0", query(info, "select count(*) from office"));
                running.end();
            }
        }
    }

    @Test
    void resetRefusesADatabaseOfOthers() throws Exception {
        try (var cache = new ScratchCache()) {
            Map<String, String> environment = new HashMap<>(cache.environment());
            environment.put("DOLBOM_DB_URL", "jdbc:postgresql://db.example:5432/city");
            environment.put("DOLBOM_DB_USER", "city");
            environment.put("DOLBOM_DB_PASSWORD", "secret");
            try (var reset = new CommandProcess(
                    cache.path,
                    environment,
                    List.of(),
                    System.getProperty("java.class.path"),
                    "reset",
                    "--name",
                    "city")) {
                assertEquals(1, reset.awaitEnd());
                assertTrue(reset.errors().startsWith("DOLBOM_DB_URL names city@db.example:5432/city"), reset::errors);
                assertFalse(reset.errors().contains("secret"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMESCALE", "PLAIN"})
    void severalProgramsMayMigrateANewDatabaseAtTheSameTime(DatabaseKind kind) throws Exception {
        try (var database = TestDatabase.createEmpty(kind);
                var cache = new ScratchCache()) {
            Map<String, String> environment = new HashMap<>(cache.environment());
            environment.put("DOLBOM_DB_URL", database.url());
            environment.put("DOLBOM_DB_USER", database.user());
            environment.put("DOLBOM_DB_PASSWORD", database.password());
            String classPath = System.getProperty("java.class.path");
            try (var one = new CommandProcess(cache.path, environment, List.of(), classPath, "migrate");
                    var two = new CommandProcess(cache.path, environment, List.of(), classPath, "migrate");
                    var three = new CommandProcess(cache.path, environment, List.of(), classPath, "migrate")) {
                for (CommandProcess program : List.of(one, two, three)) {
                    assertEquals(0, program.awaitEnd(), program::errors);
                }
                String told = one.errors() + two.errors() + three.errors();
                assertEquals(3, occurrences(told, "The schema is up to date"), told);
                assertEquals(2, occurrences(told, "applied=0"), told);
            }
        }
    }

    @Test
    void anAbsentDatabaseIsWaitedForAndSaidSoUntilItComes() throws Exception {
        try (var cache = ScratchCache.withPrograms(DatabaseKind.TIMESCALE);
                var later = ScratchCache.withPrograms(DatabaseKind.TIMESCALE)) {
            // To learn its password and a free port before it is there.
            DatabaseServer known = DatabaseServer.start(later.settings());
            String url = known.url();
            int port = Integer.parseInt(known.connection().server().split(":", 2)[1]);
            known.close();
            Map<String, String> environment = new HashMap<>(cache.environment());
            environment.put("DOLBOM_DB_URL", url);
            environment.put("DOLBOM_DB_USER", known.user());
            environment.put("DOLBOM_DB_PASSWORD", known.password());
            try (var waiting = new CommandProcess(
                    cache.path, environment, List.of(), System.getProperty("java.class.path"), "start")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> waiting.errors()
                                .contains("Waiting for the database server=127.0.0.1:" + port
                                        + " database=dolbom attempt=1 "));
                try (var _ = DatabaseServer.start(later.settings().withPort(port))) {
                    assertEquals("Database ready: external at " + url + " user " + known.user(), waiting.awaitReady());
                    assertFalse(waiting.errors().contains(known.password()));
                    waiting.end();
                }
            }
        }
    }

    @Test
    void aCommandLineThatNamesNoCommandShowsWhatThereIs() throws Exception {
        try (var cache = new ScratchCache();
                var command = CommandProcess.start(cache)) {
            assertNotEquals(0, command.awaitEnd());
            for (String name : List.of("start", "reset", "migrate", "install")) {
                assertTrue(command.errors().contains("  " + name), command::errors);
            }
        }
    }

    /// The environment of a machine that has the usual tools, but not apt-get.
    private static Map<String, String> withoutApt(ScratchCache cache) throws Exception {
        Path tools = Files.createDirectory(cache.path.resolve("bin"));
        for (Path folder : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
            try (Stream<Path> programs = Files.list(folder)) {
                for (Path program : programs.toList()) {
                    Path link = tools.resolve(program.getFileName());
                    if (!program.getFileName().toString().startsWith("apt") && Files.notExists(link)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
        Map<String, String> environment = new HashMap<>(cache.environment());
        environment.put("PATH", tools.toString());
        return environment;
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static Connection connect(Path info) throws Exception {
        var known = new Properties();
        try (var reader = Files.newBufferedReader(info)) {
            known.load(reader);
        }
        return DriverManager.getConnection(
                known.getProperty("DOLBOM_DB_URL"),
                known.getProperty("DOLBOM_DB_USER"),
                known.getProperty("DOLBOM_DB_PASSWORD"));
    }

    private static String query(Path info, String sql) throws Exception {
        try (Connection connection = connect(info);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Path info, String sql) throws Exception {
        try (Connection connection = connect(info);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

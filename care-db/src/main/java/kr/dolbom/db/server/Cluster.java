package kr.dolbom.db.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One server's data and its life: made, started, stopped. Whoever calls holds the folder's lock.
///
/// The folder holds `timescale/` or `plain/` (the data, named after their kind), `server.log` and that of the run
/// before, `password`, and `owner`, the process that started the server and will stop it.
final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    static final String USER = "dolbom";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path folder;
    private final PostgresPrograms programs;
    private final Path data;
    private final Path log;
    private final ServerUser user;

    Cluster(Path folder, PostgresPrograms programs) throws IOException {
        this.folder = folder;
        this.programs = programs;
        data = data(folder, programs.kind());
        log = folder.resolve("server.log");
        user = ServerUser.of(data);
    }

    /// The kind of the data in a folder; empty when there are none yet.
    static Optional<DatabaseKind> findKind(Path folder) {
        return List.of(DatabaseKind.TIMESCALE, DatabaseKind.PLAIN).stream()
                .filter(kind -> Files.exists(data(folder, kind)))
                .findFirst();
    }

    private static Path data(Path folder, DatabaseKind kind) {
        return folder.resolve(kind.name().toLowerCase(Locale.ROOT));
    }

    DatabaseKind kind() {
        return programs.kind();
    }

    boolean isAlive() {
        try {
            return Postmaster.find(data).isPresent();
        } catch (IOException e) {
            throw new DatabaseServerException("The state of the database server in " + folder + " is not known", e);
        }
    }

    String password() throws IOException {
        return Files.readString(folder.resolve("password")).strip();
    }

    /// True when this process started the server, and so has to stop it.
    boolean isOurs() throws IOException {
        return owner().equals(Optional.of(ProcessIdentity.current()));
    }

    private Optional<ProcessIdentity> owner() throws IOException {
        try {
            return ProcessIdentity.parse(Files.readString(folder.resolve("owner")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Makes the data when there are none.
    void initialise(boolean durable) throws IOException {
        if (Files.exists(data)) {
            return;
        }
        LOG.info("Making a database in {}", folder);
        requireReachable();
        Path password = folder.resolve("password");
        if (!Files.exists(password)) {
            var random = new byte[24];
            new SecureRandom().nextBytes(random);
            writeSecret(password, HexFormat.of().formatHex(random));
        }
        Path passwordOfUser = folder.resolve("password.initdb");
        Files.deleteIfExists(passwordOfUser);
        writeSecret(passwordOfUser, password());
        user.own(passwordOfUser);
        // A process that is killed here leaves no half-made data behind.
        Path unfinished = folder.resolve(data.getFileName() + ".new");
        FolderTree.delete(unfinished);
        Files.createDirectory(unfinished);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwx------"));
        user.own(unfinished);
        ProgramRun run = user.run(
                folder,
                List.of(
                        programs.path("initdb"),
                        "--pgdata=" + unfinished,
                        "--username=" + USER,
                        "--pwfile=" + passwordOfUser,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--locale=C.UTF-8",
                        durable ? "--data-checksums" : "--no-sync"));
        Files.delete(passwordOfUser);
        if (run.failed()) {
            throw new DatabaseServerException("No database could be made in " + folder + ": " + run.complaint());
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Starts the server, or takes the one that already runs on these data.
    ///
    /// @return the port where it listens
    int start(int wantedPort, boolean durable) throws IOException, InterruptedException {
        long giveUpNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Postmaster> running = Postmaster.find(data);
            boolean mayWait = System.nanoTime() < giveUpNanos;
            if (running.isPresent() && running.get().ready()) {
                int port = running.get().port();
                boolean ownerLives = owner().map(ProcessIdentity::isAlive).orElse(false);
                if (!ownerLives) {
                    if (wantedPort != 0 && wantedPort != port) {
                        stop(true);
                        continue;
                    }
                    own();
                }
                LOG.info(
                        "The database server already runs port={} pid={}",
                        port,
                        running.get().pid());
                return port;
            }
            if (running.isEmpty()) {
                int port = wantedPort == 0 ? anyFreePort() : wantedPort;
                ProgramRun run = launch(port, durable);
                if (!run.failed()) {
                    own();
                    return port;
                }
                requireTransient(run, port, wantedPort);
            }
            if (!mayWait) {
                throw new DatabaseServerException("The database server in " + folder + " neither starts nor ends; see "
                        + log + " and end its process by hand");
            }
            Thread.sleep(POLL);
        }
    }

    private ProgramRun launch(int port, boolean durable) throws IOException {
        Postmaster.disownStalePid(data);
        Path settings = data.resolve("postgresql.conf");
        Files.writeString(settings, ServerConfiguration.text(programs.kind(), port, durable));
        if (Files.exists(log)) {
            Files.move(log, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        writeSecret(log, "");
        user.own(log);
        return user.run(
                data,
                List.of(
                        programs.path("pg_ctl"),
                        "start",
                        "--pgdata=" + data,
                        "--log=" + log,
                        "--timeout=" + PATIENCE.toSeconds(),
                        "--wait",
                        "--silent"));
    }

    /// Throws unless it is worth trying again: children of a killed server end by themselves within a moment, and
    /// another free port can be chosen where any will do, and a server that was up has been killed.
    private void requireTransient(ProgramRun run, int port, int wantedPort) throws IOException {
        String said = Files.readString(log);
        boolean portTaken = said.contains("Address already in use");
        if (portTaken && wantedPort != 0) {
            throw new DatabaseServerException("Port " + port + " on 127.0.0.1 is taken by another program, the database"
                    + " server cannot listen there; end that program or choose another port with DOLBOM_DB_PORT");
        }
        boolean childrenLinger = said.contains("pre-existing shared memory block");
        boolean diedAgain = said.contains("database system is ready to accept connections");
        if (!portTaken && !childrenLinger && !diedAgain) {
            List<String> lines = said.lines().toList();
            throw new DatabaseServerException("The database server did not start: " + run.complaint() + "; "
                    + String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size())) + " (all of it: "
                    + log + ")");
        }
    }

    /// Stops the server; does nothing when none runs.
    ///
    /// @param gently with a last checkpoint; without, what is not durable is lost
    void stop(boolean gently) throws IOException {
        if (Postmaster.find(data).isPresent()) {
            ProgramRun run = user.run(
                    data,
                    List.of(
                            programs.path("pg_ctl"),
                            "stop",
                            "--pgdata=" + data,
                            "--mode=" + (gently ? "fast" : "immediate"),
                            "--timeout=" + PATIENCE.toSeconds(),
                            "--wait",
                            "--silent"));
            if (run.failed() && Postmaster.find(data).isPresent()) {
                throw new DatabaseServerException(
                        "The database server in " + folder + " did not stop: " + run.complaint());
            }
        }
        Files.deleteIfExists(folder.resolve("owner"));
    }

    private void own() throws IOException {
        Files.writeString(folder.resolve("owner"), ProcessIdentity.current().toString());
    }

    private void requireReachable() {
        if (user.run(Path.of("/"), List.of("test", "-x", folder.toString())).failed()
                || user.run(Path.of("/"), List.of("test", "-x", programs.path("postgres")))
                        .failed()) {
            throw new DatabaseServerException("PostgreSQL does not run as root, and the user " + user.name()
                    + " cannot enter " + folder + " or " + programs.bin() + "; open the folders above them (chmod o+x)"
                    + " or choose another place with DOLBOM_CACHE");
        }
    }

    private static int anyFreePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// A file that nobody else could read at any moment.
    private static void writeSecret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}

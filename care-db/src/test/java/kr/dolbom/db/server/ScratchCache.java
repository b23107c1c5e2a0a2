package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A cache folder of a test's own, whose servers end with the test. The programs in it are links to those of the
/// machine's own cache folder, as unpacking them for each test would take too long.
final class ScratchCache implements AutoCloseable {
    final Path path;

    /// An empty one.
    ScratchCache() throws IOException {
        path = Files.createTempDirectory("dolbom-cache");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static ScratchCache withPrograms(DatabaseKind... kinds) throws IOException {
        var scratch = new ScratchCache();
        var real = DatabaseSettings.of(
                Map.of(
                        "DOLBOM_CACHE",
                        DatabaseSettings.cacheFolder(System.getenv()).toString()),
                "dolbom");
        for (DatabaseKind kind : kinds) {
            Path bin =
                    DatabaseServer.programs(real.throwAway(kind, scratch.path)).bin();
            Path programs = real.cache().relativize(bin).getName(0);
            Files.createSymbolicLink(
                    scratch.path.resolve(programs), real.cache().resolve(programs));
        }
        return scratch;
    }

    Map<String, String> environment() {
        return Map.of("DOLBOM_CACHE", path.toString(), "DOLBOM_DB_PORT", "0");
    }

    DatabaseSettings settings() {
        return DatabaseSettings.of(environment(), "dolbom");
    }

    /// The data of the server named `dolbom`.
    Path data(DatabaseKind kind) {
        return settings().folder().resolve(kind.name().toLowerCase(Locale.ROOT));
    }

    long pid(DatabaseKind kind) throws IOException {
        return Postmaster.find(data(kind)).orElseThrow().pid();
    }

    /// Ends what still runs on the data of this folder, after a failed test too.
    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> servers = all.filter(data -> Files.exists(data.resolve("postmaster.pid")))
                    .toList();
            for (Path data : servers) {
                Postmaster.find(data)
                        .flatMap(server -> ProcessHandle.of(server.pid()))
                        .ifPresent(server -> {
                            server.destroyForcibly();
                            server.onExit().join();
                        });
            }
        }
        FolderTree.delete(path);
    }
}

package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Servers that end with this process, data and all, however it ends: by itself they are removed at once, by being
/// killed at the next start of one.
public final class ThrowAwayServer {
    private static final Logger LOG = LoggerFactory.getLogger(ThrowAwayServer.class);

    private ThrowAwayServer() {}

    /// Starts a server of our own on any free port, with a database `postgres`.
    ///
    /// @param kind        [DatabaseKind#TIMESCALE] or [DatabaseKind#PLAIN]
    /// @param environment says where the cache folder is, as for [DatabaseSettings#of]
    /// @throws DatabaseServerException when it cannot be had here; the message says why
    public static DatabaseServer start(DatabaseKind kind, Map<String, String> environment) {
        var settings = DatabaseSettings.of(environment, "postgres");
        Path folders = settings.cache().resolve("throwaway");
        try {
            removeLeftOvers(settings, folders);
        } catch (IOException e) {
            throw new DatabaseServerException("Servers that were left over in " + folders + " stay: " + e, e);
        }
        String name = ProcessIdentity.current() + "." + kind.name().toLowerCase(Locale.ROOT) + "." + System.nanoTime();
        Path folder = folders.resolve(name);
        DatabaseServer server = DatabaseServer.start(settings.throwAway(kind, folder));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, folder), "remove " + name));
        return server;
    }

    private static void remove(DatabaseServer server, Path folder) {
        try {
            server.close();
            FolderTree.delete(folder);
        } catch (IOException | DatabaseServerException e) {
            LOG.warn("A throw-away server was not removed folder={}", folder, e);
        }
    }

    /// A folder is named after the process that it belongs to.
    private static void removeLeftOvers(DatabaseSettings settings, Path folders) throws IOException {
        try (var _ = FolderLock.take(folders.resolve("lock"));
                Stream<Path> listed = Files.list(folders)) {
            for (Path folder : listed.filter(Files::isDirectory).toList()) {
                String owner = folder.getFileName().toString().split("\\.", 2)[0];
                if (ProcessIdentity.parse(owner).map(ProcessIdentity::isAlive).orElse(true)) {
                    continue;
                }
                LOG.info("Removing the database server of a process that is gone folder={}", folder);
                var kind = Cluster.findKind(folder);
                if (kind.isPresent()) {
                    var its = settings.throwAway(kind.get(), folder);
                    new Cluster(folder, DatabaseServer.programs(its)).stop(false);
                }
                FolderTree.delete(folder);
            }
        }
    }
}

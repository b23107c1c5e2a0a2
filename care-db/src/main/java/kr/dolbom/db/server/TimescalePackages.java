package kr.dolbom.db.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL with TimescaleDB out of Debian's packages. The work is done by `unpack-timescaledb.sh`, which stands
/// beside this class.
final class TimescalePackages {
    private static final Logger LOG = LoggerFactory.getLogger(TimescalePackages.class);

    private static final String SUITE = "trixie";
    private static final String POSTGRES = "17";

    private TimescalePackages() {}

    /// The programs in the cache folder; unpacks them the first time.
    ///
    /// @throws DatabaseServerException when that is not possible on this machine; the message says why
    static PostgresPrograms unpacked(Path cache) throws IOException {
        Path target = cache.resolve("timescaledb-" + SUITE + "-" + POSTGRES);
        if (!Files.exists(target)) {
            try (var _ = FolderLock.take(cache.resolve(target.getFileName() + ".lock"))) {
                if (!Files.exists(target)) {
                    unpack(cache, target);
                }
            }
        }
        return new PostgresPrograms(DatabaseKind.TIMESCALE, target.resolve("usr/lib/postgresql/" + POSTGRES + "/bin"));
    }

    private static void unpack(Path cache, Path target) throws IOException {
        LOG.info("Unpacking PostgreSQL {} + TimescaleDB into {} (113 MB, first time only)", POSTGRES, target);
        Path script = Files.createTempFile("unpack-timescaledb", ".sh");
        try (InputStream text =
                Objects.requireNonNull(TimescalePackages.class.getResourceAsStream("unpack-timescaledb.sh"))) {
            Files.write(script, text.readAllBytes());
            ProgramRun run = ProgramRun.run(
                    cache, LOG::info, List.of("bash", script.toString(), target.toString(), SUITE, POSTGRES));
            if (run.failed()) {
                throw new DatabaseServerException("TimescaleDB cannot be unpacked here: " + run.complaint());
            }
        } finally {
            Files.delete(script);
        }
    }
}

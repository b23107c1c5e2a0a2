package kr.dolbom.db.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Programs out of Debian's packages, unpacked into the cache folder and installed nowhere. It needs
/// apt-get and dpkg-deb, but no rights. The work is done by `unpack-debian.sh`, which stands beside
/// this class.
///
/// @param folder   its name in the cache folder; it should tell the suite and the version
/// @param suite    Debian's release, `trixie`
/// @param name     the package, which comes with all that it depends on
/// @param unneeded what not to unpack of that: a regular expression for whole names
/// @param programs those to be run, as paths within the folder
/// @param size     what will be fetched, for the log: `113 MB`
public record DebianPackages(
        String folder, String suite, String name, String unneeded, List<String> programs, String size) {
    private static final Logger LOG = LoggerFactory.getLogger(DebianPackages.class);

    /// Copies the programs.
    public DebianPackages {
        programs = List.copyOf(programs);
    }

    /// The folder with the unpacked packages; unpacks them the first time. Several processes may ask at
    /// once.
    ///
    /// @param cache the cache folder
    /// @throws DatabaseServerException when that is not possible on this machine; the message says why
    public Path unpacked(Path cache) throws IOException {
        Path target = cache.resolve(folder);
        if (!Files.exists(target)) {
            try (var _ = FolderLock.take(cache.resolve(folder + ".lock"))) {
                if (!Files.exists(target)) {
                    unpack(cache, target);
                }
            }
        }
        return target;
    }

    private void unpack(Path cache, Path target) throws IOException {
        LOG.info("Unpacking {} into {} ({}, first time only)", name, target, size);
        Path script = Files.createTempFile("unpack-debian", ".sh");
        try (InputStream text = Objects.requireNonNull(DebianPackages.class.getResourceAsStream("unpack-debian.sh"))) {
            Files.write(script, text.readAllBytes());
            List<String> command =
                    new ArrayList<>(List.of("bash", script.toString(), target.toString(), suite, name, unneeded));
            command.addAll(programs);
            ProgramRun run = ProgramRun.run(cache, LOG::info, command);
            if (run.failed()) {
                throw new DatabaseServerException(name + " cannot be unpacked here: " + run.complaint());
            }
        } finally {
            Files.delete(script);
        }
    }
}

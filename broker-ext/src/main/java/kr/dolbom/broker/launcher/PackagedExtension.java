package kr.dolbom.broker.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The zip that the build makes of the extension.
final class PackagedExtension {
    private static final String PATTERN = "dolbom-broker-ext-*-extension.zip";

    private PackagedExtension() {}

    /// The zip beside this module's jar or classes.
    ///
    /// @throws BrokerStartException where there is none, or more than one
    static Path find() {
        Path folder = ownFolder();
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> zips = Files.newDirectoryStream(folder, PATTERN)) {
            zips.forEach(found::add);
        } catch (IOException e) {
            throw new BrokerStartException("The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
        if (found.size() != 1) {
            throw new BrokerStartException(
                    "Expected one " + PATTERN + " in " + folder + ", found " + found
                            + ". Build it with `mvn -pl broker-ext -am clean package`, or name one with --extension.",
                    null);
        }
        return found.get(0);
    }

    private static Path ownFolder() {
        CodeSource source = PackagedExtension.class.getProtectionDomain().getCodeSource();
        try {
            Path folder = Path.of(source.getLocation().toURI()).getParent();
            return folder == null ? Path.of("/") : folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where classes come from is no path: " + source, e);
        }
    }

    /// Unpacks a zip into HiveMQ's extensions folder.
    static void unpack(Path zip, Path extensions) throws IOException {
        Path root = extensions.toAbsolutePath().normalize();
        Files.createDirectories(root);
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = root.resolve(entry.getName()).normalize();
                if (!target.startsWith(root)) {
                    throw new IOException(zip + " holds " + entry.getName() + ", which leads out of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /// Deletes what was unpacked before: an extension of an older build, or the mark by which HiveMQ disables one
    /// that did not load.
    static void deleteUnpacked(Path extensions) throws IOException {
        Path own = extensions.resolve("dolbom-broker-ext");
        if (Files.exists(own)) {
            try (Stream<Path> files = Files.walk(own)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(extensions);
    }
}

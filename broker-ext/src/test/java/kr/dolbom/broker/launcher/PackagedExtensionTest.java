package kr.dolbom.broker.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The zip that any HiveMQ CE can load.
class PackagedExtensionTest {
    private static final int JAVA_21 = 65;

    @TempDir
    private Path folder;

    @Test
    void theZipHoldsOneFolderWithOneJar() throws Exception {
        PackagedExtension.unpack(PackagedExtension.find(), folder);

        List<String> names = listNames(folder.resolve("dolbom-broker-ext"));
        assertEquals(3, names.size(), names.toString());
        assertEquals("conf", names.get(0));
        assertTrue(names.get(1).matches("dolbom-broker-ext-.*\\.jar"), names.toString());
        assertEquals("hivemq-extension.xml", names.get(2));
        assertEquals(
                List.of("dolbom.properties", "hivemq-config.xml", "hivemq-tls-listener.xml"),
                listNames(folder.resolve("dolbom-broker-ext/conf")));
        assertFalse(Files.readString(folder.resolve("dolbom-broker-ext/hivemq-extension.xml"))
                .contains("${"));
    }

    @Test
    void theJarHoldsWhatTheExtensionNeedsAndNothingThatHiveMqGives() throws Exception {
        PackagedExtension.unpack(PackagedExtension.find(), folder);
        Path unpacked = folder.resolve("dolbom-broker-ext");
        Path jar = unpacked.resolve(listNames(unpacked).get(1));

        Set<String> packages = new TreeSet<>();
        Set<String> files = new TreeSet<>();
        try (InputStream in = Files.newInputStream(jar);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String name = entry.getName();
                files.add(name);
                if (name.endsWith(".class") && name.indexOf('/') > 0 && !name.startsWith("META-INF")) {
                    packages.add(name.replaceFirst("^([^/]+/[^/]+)/.*$", "$1"));
                }
            }
        }
        assertEquals(Set.of("com/fasterxml", "io/prometheus", "kr/dolbom", "org/postgresql"), packages);
        assertTrue(files.contains("META-INF/services/com.hivemq.extension.sdk.api.ExtensionMain"));
        assertTrue(files.stream().noneMatch(name -> name.startsWith("kr/dolbom/broker/launcher")));
    }

    @Test
    void everyClassRunsOnJava21() throws Exception {
        PackagedExtension.unpack(PackagedExtension.find(), folder);
        Path unpacked = folder.resolve("dolbom-broker-ext");
        int classes = 0;
        try (InputStream in = Files.newInputStream(
                        unpacked.resolve(listNames(unpacked).get(1)));
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                // A class of a higher version under META-INF/versions/N is for Java N alone.
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/versions/")) {
                    DataInputStream file = new DataInputStream(entries);
                    assertEquals(0xCAFEBABE, file.readInt(), entry.getName());
                    file.readUnsignedShort();
                    int major = file.readUnsignedShort();
                    assertTrue(major <= JAVA_21, entry.getName() + " has the class version " + major);
                    classes++;
                }
            }
        }
        assertTrue(classes > 100, classes + " classes");
    }

    @Test
    void aZipThatLeadsOutOfItsFolderIsNotUnpacked() throws Exception {
        Path zip = folder.resolve("evil.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("../evil.txt"));
        }

        assertThrows(IOException.class, () -> PackagedExtension.unpack(zip, folder.resolve("extensions")));
        assertFalse(Files.exists(folder.resolve("evil.txt")));
    }

    private static List<String> listNames(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

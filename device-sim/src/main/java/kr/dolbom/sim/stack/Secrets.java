package kr.dolbom.sim.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// Secrets that are made once and kept in files that only their owner reads.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// The secret of this name in a file, made when it is missing: 128 random bits as 32 hexadecimal digits, the form
    /// of a Twilio auth token too.
    static String get(Path file, String name) {
        Properties secrets = new Properties();
        try {
            if (Files.exists(file)) {
                try (var in = Files.newBufferedReader(file)) {
                    secrets.load(in);
                }
            }
            String known = secrets.getProperty(name);
            if (known != null) {
                return known;
            }
            String made = random();
            secrets.setProperty(name, made);
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (var out = Files.newBufferedWriter(file)) {
                secrets.store(out, "Generated once");
            }
            return made;
        } catch (IOException e) {
            throw new StackException("Cannot read or write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

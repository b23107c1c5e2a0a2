package kr.dolbom.caseworker.secrecy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys for the tests of one JVM.
public final class TestKeys {
    /// The file that holds them.
    public static final Path FILE = file();

    /// They.
    public static final Secrecy SECRECY = Secrecy.open(FILE);

    private static final Pattern ENCRYPTED = Pattern.compile("enc1\\.[0-9a-f]{8}\\.[a-z-]+\\.[A-Za-z0-9_-]+");

    private TestKeys() {}

    /// Makes a file of other keys.
    public static void make(Path file) {
        new KeysetFile(file).create();
    }

    /// Gives a file new keys beside its old ones.
    public static void rotate(Path file) {
        var keyset = new KeysetFile(file);
        keyset.replace(keyset.read().rotate());
    }

    /// Leaves a key out of a file.
    public static void drop(Path file, String key) {
        var keyset = new KeysetFile(file);
        keyset.replace(keyset.read().without(key));
    }

    /// A text with what is encrypted in it as people read it.
    public static String plain(String text) {
        return ENCRYPTED.matcher(text).replaceAll(found -> {
            try {
                return Matcher.quoteReplacement(SECRECY.decrypt(found.group(), EnumSet.allOf(SecretColumn.class)));
            } catch (UnreadableException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Path file() {
        try {
            Path folder = Files.createTempDirectory("dolbom-keys");
            Path file = folder.resolve("keyset.json");
            new KeysetFile(file).create();
            // The last that is named goes first.
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package kr.dolbom.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// The extension's own file of settings, `conf/dolbom.properties` in its folder.
///
/// @param name   the file, for messages
/// @param values what it sets, by the setting's name, none of them blank
record SettingsFile(String name, Map<String, String> values) {
    static final SettingsFile NONE = new SettingsFile("no file", Map.of());

    SettingsFile {
        values = Map.copyOf(values);
    }

    /// The file within an extension's folder; [#NONE] where there is none.
    ///
    /// @throws IllegalArgumentException where it cannot be read, or holds a password within a URL
    static SettingsFile in(Path extensionFolder) {
        Path path = extensionFolder.resolve("conf").resolve("dolbom.properties");
        if (!Files.exists(path)) {
            return NONE;
        }
        try (Reader in = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            return read(path.toString(), in);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    static SettingsFile read(String name, Reader in) throws IOException {
        Properties properties = new Properties();
        properties.load(in);
        Map<String, String> values = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).strip();
            if (value.contains("password=")) {
                throw new IllegalArgumentException(key + " in " + name
                        + " holds a password; give it by the environment variable DOLBOM_DB_PASSWORD alone");
            }
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        }
        return new SettingsFile(name, values);
    }
}

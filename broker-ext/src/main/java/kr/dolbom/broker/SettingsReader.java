package kr.dolbom.broker;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Settings by name. One that stands in several places is taken from the first of: a system property of
/// the same name in lower case with dots (`dolbom.db.url` for `DOLBOM_DB_URL`), the environment, the
/// extension's file. A secret is never taken from the file.
final class SettingsReader {
    private final UnaryOperator<@Nullable String> environment;
    private final UnaryOperator<@Nullable String> properties;
    private final SettingsFile file;
    private final Set<String> known = new TreeSet<>();

    SettingsReader(
            UnaryOperator<@Nullable String> environment,
            UnaryOperator<@Nullable String> properties,
            SettingsFile file) {
        this.environment = environment;
        this.properties = properties;
        this.file = file;
    }

    /// The names that were asked for.
    Set<String> known() {
        return Set.copyOf(known);
    }

    /// A setting that must be there.
    ///
    /// @throws IllegalArgumentException where it is not
    String required(String name) {
        return present(name, find(name));
    }

    /// A secret that must be there, and not in the file.
    ///
    /// @throws IllegalArgumentException where it is not there, or in the file
    String requiredSecret(String name) {
        return present(name, findSecret(name));
    }

    private static String present(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set; `./dolbom up` sets it, or set it to your database");
        }
        return value;
    }

    /// A setting, stripped; null where it is not set or blank.
    @Nullable String find(String name) {
        known.add(name);
        String given = outside(name);
        return given != null ? given : file.values().get(name);
    }

    /// A secret; null where it is not set or blank.
    ///
    /// @throws IllegalArgumentException where it stands in the file
    @Nullable String findSecret(String name) {
        known.add(name);
        if (file.values().containsKey(name)) {
            throw new IllegalArgumentException(name + " stands in " + file.name()
                    + ", but a secret is taken from the environment alone; remove it there, and set the environment"
                    + " variable of this name for HiveMQ's process");
        }
        return outside(name);
    }

    private @Nullable String outside(String name) {
        String property = properties.apply(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        String value = property != null ? property : environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /// A whole number.
    ///
    /// @param otherwise where it is not set
    /// @param unit      what it counts, for the message: `a whole number of seconds`
    /// @throws IllegalArgumentException where it is no number, or out of its range
    long number(String name, long otherwise, long least, long most, String unit) {
        String text = find(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(name, text, least, most, unit), e);
        }
        throw new IllegalArgumentException(expected(name, text, least, most, unit));
    }

    private static String expected(String name, String text, long least, long most, String unit) {
        return "%s is '%s', expected a whole number of %s, %d to %d".formatted(name, text, unit, least, most);
    }

    /// Refuses a file that names a setting which nobody asked for: it would be a slip that has no
    /// effect.
    ///
    /// @throws IllegalArgumentException where it does; the message has the name
    void refuseUnknown() {
        for (Map.Entry<String, String> setting : file.values().entrySet()) {
            if (!known.contains(setting.getKey())) {
                throw new IllegalArgumentException("%s sets %s, which is no setting of the broker; there are %s"
                        .formatted(file.name(), setting.getKey(), String.join(", ", known)));
            }
        }
    }
}

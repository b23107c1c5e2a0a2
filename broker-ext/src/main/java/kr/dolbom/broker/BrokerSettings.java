package kr.dolbom.broker;

import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import kr.dolbom.broker.database.Database;
import org.jspecify.annotations.Nullable;

/// What the extension is told from outside. Every setting is an environment variable, which a system property of
/// the same name in lower case with dots (`dolbom.db.url` for `DOLBOM_DB_URL`) overrides.
///
/// @param database where the messages go
/// @param hold     how long a message waits for the database before its device is disconnected and sends it again
///     later; `DOLBOM_BROKER_HOLD_SECONDS`, 20 unless said, 1 to 240
public record BrokerSettings(Database database, Duration hold) {
    private static final Duration DEFAULT_HOLD = Duration.ofSeconds(20);

    /// The longest [#hold()]: HiveMQ's own time limit for an answer, which would be an error for good, comes after
    /// it.
    public static final Duration LONGEST_HOLD = Duration.ofMinutes(4);

    /// @throws IllegalArgumentException where the hold is out of its range
    public BrokerSettings {
        if (hold.compareTo(Duration.ofSeconds(1)) < 0 || hold.compareTo(LONGEST_HOLD) > 0) {
            throw new IllegalArgumentException("DOLBOM_BROKER_HOLD_SECONDS is " + hold.toSeconds() + ", expected 1 to "
                    + LONGEST_HOLD.toSeconds());
        }
    }

    /// The settings of this process.
    ///
    /// @throws IllegalArgumentException where one is missing or malformed; the message says which
    public static BrokerSettings fromProcess() {
        return from(System::getenv, System::getProperty);
    }

    static BrokerSettings from(
            UnaryOperator<@Nullable String> environment, UnaryOperator<@Nullable String> properties) {
        return new BrokerSettings(
                new Database(
                        required("DOLBOM_DB_URL", environment, properties),
                        required("DOLBOM_DB_USER", environment, properties),
                        required("DOLBOM_DB_PASSWORD", environment, properties)),
                hold(find("DOLBOM_BROKER_HOLD_SECONDS", environment, properties)));
    }

    private static Duration hold(@Nullable String seconds) {
        if (seconds == null) {
            return DEFAULT_HOLD;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(seconds));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "DOLBOM_BROKER_HOLD_SECONDS is '" + seconds + "', expected a whole number of seconds", e);
        }
    }

    private static String required(
            String name, UnaryOperator<@Nullable String> environment, UnaryOperator<@Nullable String> properties) {
        String value = find(name, environment, properties);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set; `./dolbom up` sets it, or set it to your database");
        }
        return value;
    }

    private static @Nullable String find(
            String name, UnaryOperator<@Nullable String> environment, UnaryOperator<@Nullable String> properties) {
        String property = properties.apply(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        String value = property != null ? property : environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}

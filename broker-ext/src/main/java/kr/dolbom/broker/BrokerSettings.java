package kr.dolbom.broker;

import java.nio.file.Path;
import java.time.Duration;
import kr.dolbom.broker.database.Database;
import kr.dolbom.broker.journal.QuarantineBounds;
import kr.dolbom.broker.limit.MessageRate;

/// What the extension is told from outside; docs/reference/settings.md and the extension's
/// `conf/dolbom.properties` list all of it, [SettingsReader] says where it may stand.
///
/// @param database   where the messages go
/// @param hold       how long a message waits for the database before its device is disconnected and
///     sends it again later; `DOLBOM_BROKER_HOLD_SECONDS`, 20 unless said, 1 to 240
/// @param rate       how much one device may send
/// @param connectionsPerMinute how many devices may connect in a minute;
///     `DOLBOM_CONNECTIONS_PER_MINUTE`, 6000 unless said; 0: any number
/// @param quarantine how much is kept of what was refused
/// @param monitor    where operators ask
public record BrokerSettings(
        Database database,
        Duration hold,
        MessageRate.Settings rate,
        int connectionsPerMinute,
        QuarantineBounds quarantine,
        Monitor monitor) {
    /// The longest [#hold()]: HiveMQ's own time limit for an answer, which would be an error for good,
    /// comes after it.
    public static final Duration LONGEST_HOLD = Duration.ofMinutes(4);

    private static final int DEFAULT_HOLD_SECONDS = 20;
    private static final int DEFAULT_CONNECTIONS_PER_MINUTE = 6_000;
    private static final int DEFAULT_MONITOR_PORT = 8082;
    private static final int LAST_PORT = 65_535;

    /// Where `GET /health` and `GET /metrics` are answered.
    ///
    /// @param bind address, `DOLBOM_BROKER_HEALTH_BIND`, 127.0.0.1 unless said
    /// @param port `DOLBOM_BROKER_HEALTH_PORT`, 8082 unless said; 0: nowhere
    public record Monitor(String bind, int port) {}

    /// The settings of this process.
    ///
    /// @param extensionFolder where the extension was unpacked
    /// @throws IllegalArgumentException where one is missing or malformed; the message says which
    public static BrokerSettings fromProcess(Path extensionFolder) {
        return from(new SettingsReader(System::getenv, System::getProperty, SettingsFile.in(extensionFolder)));
    }

    static BrokerSettings from(SettingsReader reader) {
        BrokerSettings settings = new BrokerSettings(
                new Database(
                        reader.required("DOLBOM_DB_URL"),
                        reader.required("DOLBOM_DB_USER"),
                        reader.requiredSecret("DOLBOM_DB_PASSWORD")),
                Duration.ofSeconds(reader.number(
                        "DOLBOM_BROKER_HOLD_SECONDS", DEFAULT_HOLD_SECONDS, 1, LONGEST_HOLD.toSeconds(), "seconds")),
                rate(reader),
                (int) reader.number(
                        "DOLBOM_CONNECTIONS_PER_MINUTE", DEFAULT_CONNECTIONS_PER_MINUTE, 0, 1_000_000, "connections"),
                quarantine(reader),
                monitor(reader));
        reader.refuseUnknown();
        return settings;
    }

    private static MessageRate.Settings rate(SettingsReader reader) {
        MessageRate.Settings usual = MessageRate.Settings.USUAL;
        return new MessageRate.Settings(
                (int) reader.number("DOLBOM_RATE_PER_SECOND", usual.perSecond(), 0, 100_000, "messages"),
                (int) reader.number("DOLBOM_RATE_BURST", usual.burst(), 1, 1_000_000, "messages"));
    }

    private static QuarantineBounds quarantine(SettingsReader reader) {
        QuarantineBounds usual = QuarantineBounds.USUAL;
        return new QuarantineBounds(
                (int) reader.number(
                        "DOLBOM_QUARANTINE_ROWS_PER_DEVICE_AND_DAY", usual.rowsADeviceAndDay(), 0, 100_000, "rows"),
                Duration.ofDays(
                        reader.number("DOLBOM_QUARANTINE_DAYS", usual.keep().toDays(), 1, 3_650, "days")),
                reader.number(
                                "DOLBOM_QUARANTINE_MEGABYTES",
                                usual.mostBytes() / QuarantineBounds.MEGABYTE,
                                1,
                                1_000_000,
                                "megabytes")
                        * QuarantineBounds.MEGABYTE);
    }

    private static Monitor monitor(SettingsReader reader) {
        String bind = reader.find("DOLBOM_BROKER_HEALTH_BIND");
        return new Monitor(bind == null ? "127.0.0.1" : bind, (int)
                reader.number("DOLBOM_BROKER_HEALTH_PORT", DEFAULT_MONITOR_PORT, 0, LAST_PORT, "a port"));
    }
}

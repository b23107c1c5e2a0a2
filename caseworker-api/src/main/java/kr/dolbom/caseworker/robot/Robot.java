package kr.dolbom.caseworker.robot;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.words.Words;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.CheckIn;
import kr.dolbom.contract.command.Command;
import kr.dolbom.contract.command.Language;
import kr.dolbom.contract.command.Speak;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// Asks and tells residents through the device in their home. All methods work in the caller's transaction: nothing is
/// said unless it commits.
@Singleton
public final class Robot {
    private final RobotSettings settings;

    Robot(RobotSettings settings) {
        this.settings = settings;
    }

    /// Whether a device of this resident is connected now.
    public boolean canAsk(Connection connection, Alert.Resident resident) {
        return findDevice(connection, resident).map(Device::connected).orElse(false);
    }

    /// Has the robot ask whether all is well.
    ///
    /// @throws IllegalStateException when the resident has no device
    public void ask(Connection connection, Alert alert, Instant now) {
        Alert.Resident resident = alert.resident();
        Device device = findDevice(connection, resident)
                .orElseThrow(() -> new IllegalStateException(
                        "resident %s has no device to ask through".formatted(resident.residentId())));
        String question = Words.of(resident.language()).text("robot.ask", resident.name());
        var command =
                new CheckIn(question, language(resident), settings.timeLimit().toSeconds());
        send(connection, alert.alertId(), device, command, now, settings.delivery());
    }

    /// Has the robot say something.
    ///
    /// @param text what to say
    /// @return whether there is a device that may say it
    public boolean tell(Connection connection, Alert alert, String text, Instant now) {
        Optional<Device> device = findDevice(connection, alert.resident());
        device.ifPresent(d -> send(
                connection, alert.alertId(), d, new Speak(text, language(alert.resident())), now, settings.delivery()));
        return device.isPresent();
    }

    /// What became of the latest question that was asked for this alert.
    public Optional<Inquiry> findInquiry(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select state, expires_at, delivered_at, (data ->> 'timeLimitSeconds')::int as seconds,
                               answer::text as answer
                          from device_command
                         where alert_id = :alert and kind = 'check-in'
                         order by created_at desc, command_id limit 1""").with("alert", alertId).find(Robot::readInquiry);
    }

    /// The alert for which a command was given.
    public Optional<UUID> findAlert(Connection connection, UUID commandId) {
        return Sql.on(connection, "select alert_id from device_command where command_id = :command")
                .with("command", commandId)
                .find(row -> Optional.ofNullable(row.findUuid("alert_id")))
                .flatMap(alert -> alert);
    }

    /// What devices were told to do for this alert, oldest first.
    public List<DeviceCommand> listCommands(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select command_id, kind, state, created_at, expires_at, sent_at, delivered_at, answered_at, failure
                          from device_command where alert_id = :alert order by created_at, command_id""")
                .with("alert", alertId)
                .list(row -> new DeviceCommand(
                        row.uuid("command_id"),
                        row.text("kind"),
                        row.text("state"),
                        row.instant("created_at"),
                        row.instant("expires_at"),
                        row.findInstant("sent_at"),
                        row.findInstant("delivered_at"),
                        row.findInstant("answered_at"),
                        row.findText("failure")));
    }

    private record Device(int number, boolean connected) {}

    private static Optional<Device> findDevice(Connection connection, Alert.Resident resident) {
        return Sql.on(connection, """
                        select d.device_no, coalesce(p.connected, false) as connected
                          from device d left join device_presence p using (device_no)
                         where d.resident_no = :resident and d.revoked_at is null
                         order by connected desc, p.changed_at desc nulls last, d.device_no limit 1""")
                .with("resident", resident.residentNo())
                .find(row -> new Device(row.number("device_no"), row.flag("connected")));
    }

    private static void send(
            Connection connection, UUID alertId, Device device, Command command, Instant now, Duration delivery) {
        UUID commandId = UUID.randomUUID();
        Sql.on(connection, """
                        insert into device_command (command_id, device_no, kind, data, alert_id, created_at, expires_at)
                        values (:command, :device, :kind, :data::jsonb, :alert, :now, :expires)""")
                .with("command", commandId)
                .with("device", device.number())
                .with("kind", command.kind().wireName())
                .with("data", new String(Contract.writeData(command), StandardCharsets.UTF_8))
                .with("alert", alertId)
                .with("now", now)
                .with("expires", now.plus(delivery))
                .update();
        Sql.on(connection, "select pg_notify('dolbom_command', :command)::text as told")
                .with("command", commandId.toString())
                .list(row -> row);
    }

    private static Inquiry readInquiry(Row row) {
        return switch (row.text("state")) {
            case "pending", "sent" -> new Inquiry.OnItsWay(row.instant("expires_at"));
            case "delivered" ->
                new Inquiry.Asked(row.instant("delivered_at"), Duration.ofSeconds(row.number("seconds")));
            case "answered" -> readAnswer(row.text("answer"));
            default -> new Inquiry.Lost();
        };
    }

    private static Inquiry readAnswer(String json) {
        ReadResult<Telemetry> result =
                Contract.readTelemetryData(TelemetryKind.CHECK_IN, json.getBytes(StandardCharsets.UTF_8));
        return switch (result) {
            case ReadResult.Valid<Telemetry> valid
            when valid.value() instanceof CheckInAnswer answer -> new Inquiry.Answered(answer.answer());
            case ReadResult.Valid<Telemetry> _ -> new Inquiry.Lost();
            case ReadResult.Invalid<Telemetry> _ -> new Inquiry.Lost();
        };
    }

    private static Language language(Alert.Resident resident) {
        return resident.language().equals("en") ? Language.EN : Language.KO;
    }
}

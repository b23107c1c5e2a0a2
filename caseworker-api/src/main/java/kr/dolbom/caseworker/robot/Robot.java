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
import org.jspecify.annotations.Nullable;

/// Asks and tells residents through the device in their home. All methods work in the caller's
/// transaction: nothing is said unless it commits.
@Singleton
public final class Robot {
    /// The channel on which the broker tells what became of a question; the payload is the command's id.
    public static final String ANSWERS = "dolbom_command_state";

    private static final String INQUIRY = """
            select state, expires_at, delivered_at, (data ->> 'timeLimitSeconds')::int as seconds, answer::text as answer
              from device_command
            """;

    private final RobotSettings settings;

    Robot(RobotSettings settings) {
        this.settings = settings;
    }

    /// Whether a device of the alert's resident is connected now that was not asked for this alert.
    public boolean canAsk(Connection connection, Alert alert) {
        return findDeviceToAsk(connection, alert).isPresent();
    }

    /// Has the robot ask whether all is well, through a device that was not asked for this alert.
    ///
    /// @throws IllegalStateException when there is none that is connected
    public void ask(Connection connection, Alert alert, Instant now) {
        Alert.Resident resident = alert.resident();
        Device device = findDeviceToAsk(connection, alert)
                .orElseThrow(() -> new IllegalStateException(
                        "resident %s has no device to ask through".formatted(resident.residentId())));
        String question = Words.of(resident.language())
                .text("robot.ask", SpokenName.get(connection, resident.residentNo(), resident.name()));
        Duration own = resident.answerTime();
        Duration timeLimit = own == null ? settings.timeLimit() : own;
        var command = new CheckIn(said(alert, question), language(resident.language()), timeLimit.toSeconds());
        send(connection, alert.alertId(), device, command, now, settings.delivery());
    }

    /// Has the robot say something.
    ///
    /// @param text what to say
    /// @return whether there is a device that may say it
    public boolean tell(Connection connection, Alert alert, String text, Instant now) {
        Optional<Device> device = findDevice(connection, alert.resident().residentNo(), false);
        device.ifPresent(d -> send(
                connection,
                alert.alertId(),
                d,
                new Speak(said(alert, text), language(alert.resident().language())),
                now,
                settings.delivery()));
        return device.isPresent();
    }

    /// Has the robot ask a resident something that belongs to no alert, through a device that is
    /// connected.
    ///
    /// @param residentNo the database's number
    /// @param language `ko` or `en`
    /// @param timeLimit how long the resident has to answer
    /// @return the command's id; empty when no device is connected
    public Optional<UUID> ask(
            Connection connection, int residentNo, String language, String question, Duration timeLimit, Instant now) {
        return findDevice(connection, residentNo, true)
                .map(device -> send(
                        connection,
                        null,
                        device,
                        new CheckIn(question, language(language), timeLimit.toSeconds()),
                        now,
                        settings.delivery()));
    }

    /// Has the robot say something that belongs to no alert, through a device that is connected.
    ///
    /// @return whether there is one
    public boolean tell(Connection connection, int residentNo, String language, String text, Instant now) {
        return say(connection, residentNo, language, text, now).isPresent();
    }

    /// The same for whoever wants to know what becomes of it.
    ///
    /// @return the command's id; empty when no device is connected
    public Optional<UUID> say(Connection connection, int residentNo, String language, String text, Instant now) {
        return findDevice(connection, residentNo, true)
                .map(one -> send(connection, null, one, new Speak(text, language(language)), now, settings.delivery()));
    }

    /// What became of a question.
    public Inquiry getInquiry(Connection connection, UUID commandId) {
        return Sql.on(connection, INQUIRY + "where command_id = :command")
                .with("command", commandId)
                .get(Robot::readInquiry);
    }

    /// In a drill the robot says that it is one.
    private static String said(Alert alert, String text) {
        return alert.drill() ? Words.of(alert.resident().language()).text("robot.drill", text) : text;
    }

    /// What became of the latest question that was asked for this alert.
    public Optional<Inquiry> findInquiry(Connection connection, UUID alertId) {
        return Sql.on(connection, INQUIRY + """
                         where alert_id = :alert and kind = 'check-in'
                         order by created_at desc, command_id limit 1""").with("alert", alertId).find(Robot::readInquiry);
    }

    /// The alert for which a question was asked by this command; empty for a command that asks nothing.
    public Optional<UUID> findAskedAbout(Connection connection, UUID commandId) {
        return Sql.on(connection, """
                        select alert_id from device_command where command_id = :command and kind = 'check-in'""")
                .with("command", commandId)
                .find(row -> Optional.ofNullable(row.findUuid("alert_id")))
                .flatMap(alert -> alert);
    }

    /// What devices were told to do for this alert, oldest first.
    public List<DeviceCommand> listCommands(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select command_id, kind, state, created_at, expires_at, sent_at, delivered_at, answered_at,
                               answer::text as answer, failure
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
                        findAnswer(row.findText("answer")),
                        row.findText("failure")));
    }

    private record Device(int number) {}

    /// @param connected whether it must be connected now
    private static Optional<Device> findDevice(Connection connection, int residentNo, boolean connected) {
        return Sql.on(connection, """
                        select d.device_no
                          from device d left join device_presence p using (device_no)
                         where d.resident_no = :resident and d.revoked_at is null and (p.connected or not :connected)
                         order by coalesce(p.connected, false) desc, p.changed_at desc nulls last, d.device_no limit 1""")
                .with("resident", residentNo)
                .with("connected", connected)
                .find(row -> new Device(row.number("device_no")));
    }

    private static Optional<Device> findDeviceToAsk(Connection connection, Alert alert) {
        return Sql.on(connection, """
                        select d.device_no
                          from device d join device_presence p using (device_no)
                         where d.resident_no = :resident and d.revoked_at is null and p.connected
                           and not exists (select from device_command c
                                            where c.device_no = d.device_no and c.alert_id = :alert
                                              and c.kind = 'check-in')
                         order by p.changed_at desc nulls last, d.device_no limit 1""")
                .with("resident", alert.resident().residentNo())
                .with("alert", alert.alertId())
                .find(row -> new Device(row.number("device_no")));
    }

    private static UUID send(
            Connection connection,
            @Nullable UUID alertId,
            Device device,
            Command command,
            Instant now,
            Duration delivery) {
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
        return commandId;
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

    private static CheckInAnswer.@Nullable Answer findAnswer(@Nullable String json) {
        return json != null && readAnswer(json) instanceof Inquiry.Answered answered ? answered.answer() : null;
    }

    private static Inquiry readAnswer(String json) {
        ReadResult<Telemetry> result =
                Contract.readTelemetryData(TelemetryKind.CHECK_IN, json.getBytes(StandardCharsets.UTF_8));
        return switch (result) {
            case ReadResult.Valid<Telemetry> valid
            when valid.value() instanceof CheckInAnswer answer -> new Inquiry.Answered(answer.answer(), answer.by());
            case ReadResult.Valid<Telemetry> _ -> new Inquiry.Lost();
            case ReadResult.Invalid<Telemetry> _ -> new Inquiry.Lost();
        };
    }

    private static Language language(String language) {
        return language.equals("en") ? Language.EN : Language.KO;
    }
}

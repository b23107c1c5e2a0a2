package kr.dolbom.broker.command;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.topic.CommandTopic;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;

/// A command that waits for its device.
///
/// @param id      names it
/// @param device  who is to carry it out
/// @param kind    by its wire name
/// @param data    JSON
/// @param created when it was given
/// @param expires when it lapses
record PendingCommand(
        UUID id, String device, String kind, String data, OffsetDateTime created, OffsetDateTime expires) {

    String topic() {
        return new CommandTopic(new DeviceId(device), parsedKind()).text();
    }

    /// Whether a device with these subscriptions gets it.
    boolean isHeardBy(Set<String> filters) {
        return filters.contains(topic()) || filters.contains(CommandTopic.filter(new DeviceId(device)));
    }

    boolean wantsAnswer() {
        return parsedKind() == CommandKind.CHECK_IN;
    }

    /// Where the answer belongs.
    String responseTopic() {
        return new TelemetryTopic(new DeviceId(device), TelemetryKind.CHECK_IN).text();
    }

    /// @throws IllegalStateException where the data is not what the contract says
    byte[] body() {
        return Contract.write(new CommandMessage(
                id,
                created,
                expires,
                Contract.readCommandData(parsedKind(), data.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()));
    }

    private CommandKind parsedKind() {
        return CommandKind.find(kind)
                .orElseThrow(() -> new IllegalStateException("'" + kind + "' is no kind of command"));
    }
}

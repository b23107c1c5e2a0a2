package kr.dolbom.contract.topic;

import java.util.Optional;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// `dolbom/v1/{deviceId}/telemetry/{kind}`: where a device publishes, and no other topic.
public record TelemetryTopic(DeviceId device, TelemetryKind kind) {
    private static final String TELEMETRY = "/telemetry/";

    /// The topic's text.
    public String text() {
        return CommandTopic.PREFIX + device + "/telemetry/" + kind.wireName();
    }

    /// Reads a topic name; empty where it is not exactly of this form.
    public static Optional<TelemetryTopic> find(String topic) {
        if (!topic.startsWith(CommandTopic.PREFIX)) {
            return Optional.empty();
        }
        int end = topic.indexOf('/', CommandTopic.PREFIX.length());
        if (end < 0 || !topic.startsWith(TELEMETRY, end)) {
            return Optional.empty();
        }
        String device = topic.substring(CommandTopic.PREFIX.length(), end);
        return DeviceId.isValid(device)
                ? TelemetryKind.find(topic.substring(end + TELEMETRY.length()))
                        .map(kind -> new TelemetryTopic(new DeviceId(device), kind))
                : Optional.empty();
    }
}

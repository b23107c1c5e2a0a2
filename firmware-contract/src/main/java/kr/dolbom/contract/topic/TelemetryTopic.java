package kr.dolbom.contract.topic;

import java.util.Optional;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// `dolbom/v1/{deviceId}/telemetry/{kind}`: where a device publishes, and no other topic.
public record TelemetryTopic(DeviceId device, TelemetryKind kind) {
    /// The topic's text.
    public String text() {
        return CommandTopic.PREFIX + device + "/telemetry/" + kind.wireName();
    }

    /// Reads a topic name; empty where it is not exactly of this form.
    public static Optional<TelemetryTopic> find(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length != 5
                || !topic.startsWith(CommandTopic.PREFIX)
                || !levels[3].equals("telemetry")
                || !DeviceId.isValid(levels[2])) {
            return Optional.empty();
        }
        return TelemetryKind.find(levels[4]).map(kind -> new TelemetryTopic(new DeviceId(levels[2]), kind));
    }
}

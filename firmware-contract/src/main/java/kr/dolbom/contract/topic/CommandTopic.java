package kr.dolbom.contract.topic;

import java.util.Optional;
import kr.dolbom.contract.command.CommandKind;

/// `dolbom/v1/{deviceId}/command/{kind}`: where a device is told something.
public record CommandTopic(DeviceId device, CommandKind kind) {
    static final String PREFIX = "dolbom/v1/";

    /// The topic's text.
    public String text() {
        return PREFIX + device + "/command/" + kind.wireName();
    }

    /// The filter by which a device subscribes to all of its commands: `dolbom/v1/{deviceId}/command/+`.
    public static String filter(DeviceId device) {
        return PREFIX + device + "/command/+";
    }

    /// Reads a topic name; empty where it is not exactly of this form.
    public static Optional<CommandTopic> find(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length != 5
                || !topic.startsWith(PREFIX)
                || !levels[3].equals("command")
                || !DeviceId.isValid(levels[2])) {
            return Optional.empty();
        }
        return CommandKind.find(levels[4]).map(kind -> new CommandTopic(new DeviceId(levels[2]), kind));
    }
}

package kr.dolbom.contract;

import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.json.ObjectType;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// One kind of message of any family, for who describes or checks them all alike.
///
/// @param family what it belongs to
/// @param level the last level of its topic: `check-in`
/// @param summary what it says, in one sentence
/// @param type the whole body
public record MessageKind(MessageFamily family, String level, String summary, ObjectType<?> type) {
    /// All kinds, by family and in the order in which they were added.
    public static List<MessageKind> listAll() {
        List<MessageKind> all = new ArrayList<>();
        for (TelemetryKind kind : TelemetryKind.values()) {
            all.add(new MessageKind(
                    MessageFamily.TELEMETRY, kind.wireName(), kind.dataType().description(), kind.messageType()));
        }
        for (CommandKind kind : CommandKind.values()) {
            all.add(new MessageKind(
                    MessageFamily.COMMAND, kind.wireName(), kind.dataType().description(), kind.messageType()));
        }
        all.add(new MessageKind(
                MessageFamily.CREDENTIAL, "renew", RenewalMessage.TYPE.description(), RenewalMessage.TYPE));
        return List.copyOf(all);
    }

    /// The kind's name among all: `telemetry.check-in`.
    public String name() {
        return family.level() + "." + level;
    }

    /// Its topic, with `{deviceId}` for the device: `dolbom/v1/{deviceId}/telemetry/check-in`.
    public String topic() {
        return "dolbom/v1/{deviceId}/" + family.level() + "/" + level;
    }
}

package kr.dolbom.contract;

import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.command.CommandKind;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.json.JsonCodec;
import kr.dolbom.contract.json.ObjectType;
import kr.dolbom.contract.telemetry.TelemetryKind;

/// A JSON Schema 2020-12 document for the whole body of one kind of message.
///
/// @param name file name without its ending: `telemetry.activity`, `command.speak`
/// @param json the document, pretty-printed
public record JsonSchema(String name, String json) {
    static List<JsonSchema> all() {
        List<JsonSchema> all = new ArrayList<>();
        for (TelemetryKind kind : TelemetryKind.values()) {
            all.add(of("telemetry." + kind.wireName(), kind.messageType()));
        }
        for (CommandKind kind : CommandKind.values()) {
            all.add(of("command." + kind.wireName(), kind.messageType()));
        }
        all.add(of("credential.renew", RenewalMessage.TYPE));
        return List.copyOf(all);
    }

    private static JsonSchema of(String name, ObjectType<?> type) {
        return new JsonSchema(name, JsonCodec.schema("https://dolbom.kr/schema/v1/" + name + ".schema.json", type));
    }
}

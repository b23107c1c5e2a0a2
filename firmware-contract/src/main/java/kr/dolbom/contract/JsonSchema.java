package kr.dolbom.contract;

import java.util.List;
import kr.dolbom.contract.json.JsonCodec;

/// A JSON Schema 2020-12 document for the whole body of one kind of message.
///
/// @param name file name without its ending: `telemetry.activity`, `command.speak`
/// @param json the document, pretty-printed
public record JsonSchema(String name, String json) {
    static List<JsonSchema> all() {
        return MessageKind.listAll().stream().map(JsonSchema::of).toList();
    }

    private static JsonSchema of(MessageKind kind) {
        String id = "https://dolbom.kr/schema/v" + Contract.MAJOR + "/" + kind.name() + ".schema.json";
        return new JsonSchema(kind.name(), JsonCodec.schema(id, kind.type()));
    }
}

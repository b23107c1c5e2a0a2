package kr.dolbom.contract.publish;

import static kr.dolbom.contract.publish.Tree.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.JsonSchema;
import kr.dolbom.contract.MessageFamily;
import kr.dolbom.contract.MessageKind;
import kr.dolbom.contract.topic.DeviceId;

/// The contract as an AsyncAPI 3.0 document, told from the device's side: it sends telemetry and receives commands.
final class AsyncApi {
    private static final String BINDING = "0.2.0";
    private static final String ANSWER_KIND = "telemetry.check-in";
    private static final String ANSWERED_KIND = "command.check-in";

    private AsyncApi() {}

    static String document() {
        Map<String, Object> channels = new LinkedHashMap<>();
        Map<String, Object> operations = new LinkedHashMap<>();
        Map<String, Object> messages = new LinkedHashMap<>();
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (MessageKind kind : MessageKind.listAll()) {
            channels.put(kind.name(), channel(kind));
            operations.put((kind.family().isFromDevice() ? "send." : "receive.") + kind.name(), operation(kind));
            messages.put(kind.name(), message(kind));
        }
        for (JsonSchema schema : Contract.schemas()) {
            schemas.put(
                    schema.name(),
                    map(
                            "schemaFormat",
                            "application/schema+json;version=draft-2020-12",
                            "schema",
                            Tree.parse(schema.json())));
        }
        return Tree.pretty(map(
                "asyncapi",
                "3.0.0",
                "id",
                "urn:dolbom:firmware-contract:v" + Contract.MAJOR,
                "info",
                map(
                        "title",
                        "Dolbom firmware contract",
                        "version",
                        Contract.VERSION,
                        "description",
                        "What a care robot or smart speaker sends to Dolbom and is told by it, from the device's side."
                                + " Every requirement with its id, and what to do about every refusal: contract.md"
                                + " beside this file."),
                "defaultContentType",
                Contract.CONTENT_TYPE,
                "servers",
                map("broker", server()),
                "channels",
                channels,
                "operations",
                operations,
                "components",
                map(
                        "securitySchemes",
                        securitySchemes(),
                        "parameters",
                        map(
                                "deviceId",
                                map(
                                        "description",
                                        "The device's own id, which is its MQTT client id: " + DeviceId.FORM,
                                        "examples",
                                        List.of("robot-0017"))),
                        "messages",
                        messages,
                        "schemas",
                        schemas)));
    }

    private static Map<String, Object> server() {
        return map(
                "host",
                "{host}:{port}",
                "protocol",
                "mqtt",
                "protocolVersion",
                "5.0",
                "description",
                "Dolbom's broker. MQTT 3.1.1 is tolerated. Messages are acknowledged when they are stored.",
                "variables",
                map(
                        "host",
                        map("description", "As the platform's operator tells."),
                        "port",
                        map(
                                "default",
                                "8883",
                                "enum",
                                List.of("8883", "1883"),
                                "description",
                                "8883: TLS; 1883: without, on a protected network alone.")),
                "security",
                List.of(ref("securitySchemes", "secret"), ref("securitySchemes", "certificate")),
                "bindings",
                map(
                        "mqtt",
                        map(
                                "clientId",
                                "{deviceId}",
                                "cleanSession",
                                false,
                                "keepAlive",
                                600,
                                "sessionExpiryInterval",
                                map("type", "integer", "minimum", 0, "maximum", 86_400),
                                "lastWill",
                                map(
                                        "topic",
                                        "dolbom/v1/{deviceId}/telemetry/status",
                                        "qos",
                                        1,
                                        "retain",
                                        false,
                                        "message",
                                        "A telemetry.status message with the state `offline`."),
                                "bindingVersion",
                                BINDING)));
    }

    private static Map<String, Object> securitySchemes() {
        return map(
                "secret",
                map(
                        "type",
                        "userPassword",
                        "description",
                        "MQTT user name: the device id. Password: the device's secret, 43 characters of base64url; the"
                                + " first time the one-time claim code."),
                "certificate",
                map("type", "X509", "description", "A TLS client certificate whose common name is the device id."));
    }

    private static Map<String, Object> channel(MessageKind kind) {
        return map(
                "address",
                kind.topic(),
                "description",
                kind.summary(),
                "messages",
                map(kind.level(), ref("messages", kind.name())),
                "parameters",
                map("deviceId", ref("parameters", "deviceId")));
    }

    private static Map<String, Object> operation(MessageKind kind) {
        Map<String, Object> mqtt = map("qos", 1, "retain", false);
        if (kind.family() == MessageFamily.COMMAND) {
            mqtt.put(
                    "messageExpiryInterval",
                    map("type", "integer", "minimum", 1, "description", "Seconds until the command's `expires`."));
        }
        mqtt.put("bindingVersion", BINDING);
        Map<String, Object> operation = map(
                "action",
                kind.family().isFromDevice() ? "send" : "receive",
                "channel",
                map("$ref", "#/channels/" + kind.name()),
                "summary",
                kind.summary(),
                "messages",
                List.of(channelMessage(kind.name(), kind.level())),
                "bindings",
                map("mqtt", mqtt));
        if (kind.name().equals(ANSWERED_KIND)) {
            operation.put(
                    "reply",
                    map(
                            "channel",
                            map("$ref", "#/channels/" + ANSWER_KIND),
                            "messages",
                            List.of(channelMessage(ANSWER_KIND, "check-in"))));
        }
        return operation;
    }

    private static Map<String, Object> message(MessageKind kind) {
        Map<String, Object> mqtt = map("payloadFormatIndicator", 1, "contentType", Contract.CONTENT_TYPE);
        Map<String, Object> correlation = map(
                "type", "string", "format", "uuid", "description", "The command's id in its 36 characters, in ASCII.");
        if (kind.name().equals(ANSWERED_KIND)) {
            mqtt.put("responseTopic", "dolbom/v1/{deviceId}/" + ANSWER_KIND.replace('.', '/'));
            mqtt.put("correlationData", correlation);
        } else if (kind.name().equals(ANSWER_KIND)) {
            mqtt.put("correlationData", correlation);
        }
        mqtt.put("bindingVersion", BINDING);
        List<Object> examples = new ArrayList<>();
        for (Map.Entry<String, Object> golden : Payloads.listGolden(kind)) {
            examples.add(map("name", golden.getKey(), "payload", golden.getValue()));
        }
        Map<String, Object> message = map(
                "name",
                kind.name(),
                "summary",
                kind.summary(),
                "contentType",
                Contract.CONTENT_TYPE,
                "payload",
                ref("schemas", kind.name()),
                "bindings",
                map("mqtt", mqtt),
                "examples",
                examples);
        if (kind.name().equals(ANSWER_KIND)) {
            message.put("correlationId", map("location", "$message.payload#/data/commandId"));
        } else if (kind.name().equals(ANSWERED_KIND)) {
            message.put("correlationId", map("location", "$message.payload#/id"));
        }
        return message;
    }

    private static Map<String, Object> ref(String group, String name) {
        return map("$ref", "#/components/" + group + "/" + name);
    }

    private static Map<String, Object> channelMessage(String channel, String message) {
        return map("$ref", "#/channels/" + channel + "/messages/" + message);
    }
}

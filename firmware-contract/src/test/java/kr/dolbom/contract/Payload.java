package kr.dolbom.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import kr.dolbom.contract.publish.Payloads;

/// One case of the published payload files.
///
/// @param file the file without `.json`
/// @param kind the kind as which it is read
/// @param name what is special about it
/// @param json the case itself
record Payload(String file, MessageKind kind, String name, JsonNode json) {
    static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Payload> golden() {
        return Payloads.listNames().stream().flatMap(file -> read(file, "golden").stream());
    }

    static Stream<Payload> broken() {
        return Payloads.listNames().stream().flatMap(file -> read(file, "broken").stream());
    }

    private static List<Payload> read(String file, String group) {
        JsonNode document = tree(Payloads.getText(file));
        MessageKind kind = MessageKind.listAll().stream()
                .filter(each -> each.name().equals(document.path("kind").asText()))
                .findFirst()
                .orElseThrow();
        List<Payload> payloads = new ArrayList<>();
        for (JsonNode each : document.path(group)) {
            payloads.add(new Payload(file, kind, each.path("name").asText(), each));
        }
        return payloads;
    }

    byte[] bytes() {
        if (json.has("base64")) {
            return Base64.getDecoder().decode(json.path("base64").asText());
        }
        String text = json.has("text")
                ? json.path("text").asText()
                : json.path("body").toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String expected(String member) {
        return json.path(member).asText("");
    }

    /// Whether the schema alone sees the fault.
    boolean isSeenBySchema() {
        return json.path("schema").asBoolean(true);
    }

    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file + ": " + name;
    }
}

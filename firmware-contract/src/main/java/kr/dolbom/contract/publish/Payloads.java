package kr.dolbom.contract.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kr.dolbom.contract.MessageKind;

/// The golden and broken payloads, one file for each kind, and one for what no kind takes. They are written by hand;
/// the declarations are checked against them.
public final class Payloads {
    private static final String FOLDER = "/kr/dolbom/contract/payloads/";

    private Payloads() {}

    /// The files' names without `.json`.
    public static List<String> listNames() {
        return Stream.concat(MessageKind.listAll().stream().map(MessageKind::name), Stream.of("encoding"))
                .toList();
    }

    /// The text of one file.
    ///
    /// @throws IllegalArgumentException where there is none
    public static String getText(String name) {
        try (InputStream in = Payloads.class.getResourceAsStream(FOLDER + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no payloads for " + name + ": write published/v1/payloads/" + name
                        + ".json with golden and broken ones");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading payloads of " + name, e);
        }
    }

    /// The golden bodies of a kind, by name.
    static List<Map.Entry<String, Object>> listGolden(MessageKind kind) {
        List<Map.Entry<String, Object>> golden = new ArrayList<>();
        if (Tree.parse(getText(kind.name())).get("golden") instanceof List<?> cases) {
            for (Object each : cases) {
                if (each instanceof Map<?, ?> one && one.get("name") instanceof String name) {
                    Object body = one.get("body");
                    if (body != null) {
                        golden.add(Map.entry(name, body));
                    }
                }
            }
        }
        return golden;
    }
}

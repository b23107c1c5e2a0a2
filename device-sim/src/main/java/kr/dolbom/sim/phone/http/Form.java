package kr.dolbom.sim.phone.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names and values of a query or of a form-encoded body; a name may have several values. Immutable.
public final class Form {
    private final Map<String, List<String>> values;

    private Form(Map<String, List<String>> values) {
        this.values = values;
    }

    /// Reads `a=1&b=2`; null and empty give an empty form.
    ///
    /// @throws IllegalArgumentException when a percent sign is not followed by two hexadecimal digits
    public static Form parse(@Nullable String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        }
        return new Form(values);
    }

    /// The first value of that name, unless it is empty.
    public Optional<String> find(String name) {
        return list(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /// Every value of that name.
    public List<String> list(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /// The names in their order.
    public Set<String> names() {
        return values.keySet();
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}

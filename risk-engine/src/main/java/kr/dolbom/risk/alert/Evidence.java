package kr.dolbom.risk.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts behind a finding, as a flat JSON object in order of putting. A fact that is not known is left out.
public final class Evidence {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Object> facts = new LinkedHashMap<>();

    /// Empty.
    public Evidence() {}

    /// A word.
    public Evidence put(String name, @Nullable String value) {
        return putFact(name, value);
    }

    /// A number, rounded to three decimals.
    public Evidence put(String name, @Nullable Double value) {
        return putFact(name, value == null ? null : Math.round(value * 1000) / 1000.0);
    }

    /// A count.
    public Evidence put(String name, long value) {
        return putFact(name, value);
    }

    /// A time, in UTC.
    public Evidence put(String name, Instant value) {
        return putFact(name, value.toString());
    }

    private Evidence putFact(String name, @Nullable Object value) {
        if (value != null) {
            facts.put(name, value);
        }
        return this;
    }

    /// The object.
    public String toJson() {
        var text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (Map.Entry<String, Object> fact : facts.entrySet()) {
                switch (fact.getValue()) {
                    case Long number -> out.writeNumberField(fact.getKey(), number);
                    case Double number -> out.writeNumberField(fact.getKey(), number);
                    case Object word -> out.writeStringField(fact.getKey(), word.toString());
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }
}

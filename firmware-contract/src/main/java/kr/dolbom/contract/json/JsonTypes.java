package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// The simple types of JSON values.
public final class JsonTypes {
    private static final int EXPONENT_LIMIT = 100;

    private JsonTypes() {}

    /// A string of `min` to `max` characters (UTF-16 units) without U+0000.
    public static JsonType<String> string(int min, int max) {
        return new JsonType<>() {
            @Override
            public String read(JsonParser parser) throws IOException, Mismatch {
                String text = readString(parser, "a string");
                if (text.length() < min || text.length() > max) {
                    throw new Mismatch(
                            "the string has %d characters, expected %d to %d".formatted(text.length(), min, max));
                }
                return text;
            }

            @Override
            public void write(JsonGenerator out, String value) throws IOException {
                out.writeString(value);
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "string");
                out.writeNumberField("minLength", min);
                out.writeNumberField("maxLength", max);
            }
        };
    }

    /// A whole number from `min` to `max`, both included.
    public static JsonType<Long> integer(long min, long max) {
        return new JsonType<>() {
            @Override
            public Long read(JsonParser parser) throws IOException, Mismatch {
                if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                    throw unexpected(parser, "a whole number");
                }
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw new Mismatch("%s is beyond %d to %d".formatted(parser.getText(), min, max));
                }
                long value = parser.getLongValue();
                if (value < min || value > max) {
                    throw new Mismatch("%d is not within %d to %d".formatted(value, min, max));
                }
                return value;
            }

            @Override
            public void write(JsonGenerator out, Long value) throws IOException {
                out.writeNumber(value);
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "integer");
                out.writeNumberField("minimum", min);
                out.writeNumberField("maximum", max);
            }
        };
    }

    /// A number from `min` to `max`, both included.
    public static JsonType<Double> decimal(double min, double max) {
        return new JsonType<>() {
            @Override
            public Double read(JsonParser parser) throws IOException, Mismatch {
                if (!parser.currentToken().isNumeric()) {
                    throw unexpected(parser, "a number");
                }
                storableNumber(parser);
                double value = parser.getDoubleValue();
                if (!(value >= min && value <= max)) {
                    throw new Mismatch("%s is not within %s to %s".formatted(parser.getText(), min, max));
                }
                return value;
            }

            @Override
            public void write(JsonGenerator out, Double value) throws IOException {
                out.writeNumber(value);
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "number");
                out.writeNumberField("minimum", min);
                out.writeNumberField("maximum", max);
            }
        };
    }

    /// `true` or `false`.
    public static JsonType<Boolean> flag() {
        return new JsonType<>() {
            @Override
            public Boolean read(JsonParser parser) throws IOException, Mismatch {
                return switch (parser.currentToken()) {
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> throw unexpected(parser, "true or false");
                };
            }

            @Override
            public void write(JsonGenerator out, Boolean value) throws IOException {
                out.writeBoolean(value);
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "boolean");
            }
        };
    }

    /// A moment with its offset, RFC 3339: `2026-03-01T07:10:00+09:00`.
    public static JsonType<OffsetDateTime> timestamp() {
        return new JsonType<>() {
            @Override
            public OffsetDateTime read(JsonParser parser) throws IOException, Mismatch {
                String text = readString(parser, "a time as in 2026-03-01T07:10:00+09:00");
                try {
                    OffsetDateTime time = OffsetDateTime.parse(text);
                    if (text.length() >= "2026-03-01T07:10:00Z".length()
                            && time.getYear() >= 1970
                            && time.getYear() <= 9999) {
                        return time;
                    }
                } catch (DateTimeException e) {
                    // told below, in the words of the contract
                }
                throw new Mismatch("'%s' is no time with seconds and offset as in 2026-03-01T07:10:00+09:00"
                        .formatted(shortened(text)));
            }

            @Override
            public void write(JsonGenerator out, OffsetDateTime value) throws IOException {
                out.writeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value));
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "string");
                out.writeStringField("format", "date-time");
            }
        };
    }

    /// A UUID of any version but nil, in its canonical 36 characters.
    public static JsonType<UUID> uuid() {
        return new JsonType<>() {
            @Override
            public UUID read(JsonParser parser) throws IOException, Mismatch {
                String text = readString(parser, "a UUID");
                if (text.length() == 36) {
                    try {
                        UUID uuid = UUID.fromString(text);
                        if (uuid.version() != 0) {
                            return uuid;
                        }
                    } catch (IllegalArgumentException e) {
                        // told below
                    }
                }
                throw new Mismatch("'%s' is no UUID".formatted(shortened(text)));
            }

            @Override
            public void write(JsonGenerator out, UUID value) throws IOException {
                out.writeString(value.toString());
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "string");
                out.writeStringField("format", "uuid");
            }
        };
    }

    /// One of an enum's constants, by its wire name: the constant in lower case with hyphens.
    public static <E extends Enum<E>> JsonType<E> oneOf(Class<E> type) {
        Map<String, E> byName = new HashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(wireName(constant), constant);
        }
        return new JsonType<>() {
            @Override
            public E read(JsonParser parser) throws IOException, Mismatch {
                String text = readString(parser, "a string");
                E constant = byName.get(text);
                if (constant == null) {
                    throw new Mismatch("'%s' is none of %s".formatted(shortened(text), names()));
                }
                return constant;
            }

            @Override
            public void write(JsonGenerator out, E value) throws IOException {
                out.writeString(wireName(value));
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "string");
                out.writeArrayFieldStart("enum");
                for (String name : names()) {
                    out.writeString(name);
                }
                out.writeEndArray();
            }

            private List<String> names() {
                return byName.keySet().stream().sorted().toList();
            }
        };
    }

    /// An array of `min` to `max` values of one type.
    public static <T> JsonType<List<T>> listOf(JsonType<T> type, int min, int max) {
        return new JsonType<>() {
            @Override
            public List<T> read(JsonParser parser) throws IOException, Mismatch {
                if (parser.currentToken() != JsonToken.START_ARRAY) {
                    throw unexpected(parser, "an array");
                }
                List<T> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (values.size() == max) {
                        throw new Mismatch("the array has more than %d values".formatted(max));
                    }
                    try {
                        values.add(type.read(parser));
                    } catch (Mismatch e) {
                        throw e.under(Integer.toString(values.size()));
                    }
                }
                if (values.size() < min) {
                    throw new Mismatch("the array has %d values, at least %d".formatted(values.size(), min));
                }
                return List.copyOf(values);
            }

            @Override
            public void write(JsonGenerator out, List<T> values) throws IOException {
                out.writeStartArray();
                for (T value : values) {
                    type.write(out, value);
                }
                out.writeEndArray();
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "array");
                out.writeNumberField("minItems", min);
                out.writeNumberField("maxItems", max);
                out.writeObjectFieldStart("items");
                type.describe(out);
                out.writeEndObject();
            }
        };
    }

    /// An enum constant's name in JSON and in topics: `SOS_BUTTON` is `sos-button`.
    public static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Mismatch unexpected(JsonParser parser, String expected) {
        return new Mismatch("found %s, expected %s".formatted(describe(parser.currentToken()), expected));
    }

    /// Skips an unknown value. What is kept must still be storable as jsonb: no U+0000, no half of a surrogate pair,
    /// no number beyond its range.
    static void passOver(JsonParser parser) throws IOException, Mismatch {
        int depth = 0;
        do {
            switch (parser.currentToken()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case FIELD_NAME -> storableText(parser.currentName());
                case VALUE_STRING -> storableText(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> storableNumber(parser);
                default -> {}
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    private static String readString(JsonParser parser, String expected) throws IOException, Mismatch {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected(parser, expected);
        }
        return storableText(parser.getText());
    }

    private static String storableText(String text) throws Mismatch {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new Mismatch("the string has the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new Mismatch("the string has half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    private static void storableNumber(JsonParser parser) throws IOException, Mismatch {
        String text = parser.getText();
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e >= 0 && (text.length() - e > 5 || Math.abs(Integer.parseInt(text.substring(e + 1))) > EXPONENT_LIMIT)) {
            throw new Mismatch("%s is beyond the range of numbers".formatted(shortened(text)));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "nothing";
        };
    }
}

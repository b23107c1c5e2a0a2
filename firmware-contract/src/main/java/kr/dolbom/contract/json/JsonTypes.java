package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// The simple types of JSON values.
public final class JsonTypes {
    private JsonTypes() {}

    /// A string of `min` to `max` characters (Unicode code points, as JSON Schema counts) without U+0000.
    public static JsonType<String> string(int min, int max) {
        return new JsonType<>() {
            @Override
            public String read(JsonReader in) throws Mismatch {
                String text = in.string();
                int length = text.codePointCount(0, text.length());
                if (length < min || length > max) {
                    throw new Mismatch("the string has %d characters, expected %d to %d".formatted(length, min, max));
                }
                return text;
            }

            @Override
            public String words() {
                return min == max
                        ? "a string of %d characters".formatted(min)
                        : "a string of %d to %d characters".formatted(min, max);
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
            public Long read(JsonReader in) throws Mismatch {
                return in.whole(min, max);
            }

            @Override
            public String words() {
                return max == Long.MAX_VALUE
                        ? "a whole number from %d to 2^63-1".formatted(min)
                        : "a whole number from %d to %d".formatted(min, max);
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
            public Double read(JsonReader in) throws Mismatch {
                double value = in.number();
                if (!(value >= min && value <= max)) {
                    throw new Mismatch("%s is not within %s to %s".formatted(value, min, max));
                }
                return value;
            }

            @Override
            public String words() {
                return "a number from %s to %s".formatted(plain(min), plain(max));
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
            public Boolean read(JsonReader in) throws Mismatch {
                return in.flag();
            }

            @Override
            public String words() {
                return "`true` or `false`";
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
            public OffsetDateTime read(JsonReader in) throws Mismatch {
                int quote = in.peek() == '"' ? in.plainEnd() : -1;
                OffsetDateTime time = quote < 0 ? null : Timestamps.parse(in.bytes(), in.position() + 1, quote);
                if (time != null) {
                    in.moveTo(quote + 1);
                    return time;
                }
                String text = in.string();
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                time = Timestamps.parse(bytes, 0, bytes.length);
                if (time == null) {
                    throw new Mismatch("'%s' is no time with seconds and offset as in 2026-03-01T07:10:00+09:00"
                            .formatted(JsonReader.shortened(text)));
                }
                return time;
            }

            @Override
            public String words() {
                return "a time as in `2026-03-01T07:10:00+09:00`, with seconds and an offset of 14 hours at most";
            }

            @Override
            public void write(JsonGenerator out, OffsetDateTime value) throws IOException {
                out.writeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value));
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "string");
                out.writeStringField("format", "date-time");
                out.writeStringField("pattern", Timestamps.PATTERN);
            }
        };
    }

    /// A UUID of any version but nil, in its canonical 36 characters.
    public static JsonType<UUID> uuid() {
        return new JsonType<>() {
            @Override
            public UUID read(JsonReader in) throws Mismatch {
                int quote = in.peek() == '"' ? in.plainEnd() : -1;
                UUID uuid = quote < 0 ? null : Uuids.parse(in.bytes(), in.position() + 1, quote);
                if (uuid != null) {
                    in.moveTo(quote + 1);
                    return uuid;
                }
                String text = in.string();
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                uuid = Uuids.parse(bytes, 0, bytes.length);
                if (uuid == null) {
                    throw new Mismatch("'%s' is no UUID".formatted(JsonReader.shortened(text)));
                }
                return uuid;
            }

            @Override
            public String words() {
                return "a UUID in its 36 characters, not nil";
            }

            @Override
            public void write(JsonGenerator out, UUID value) throws IOException {
                out.writeString(value.toString());
            }

            @Override
            public void describe(JsonGenerator out) throws IOException {
                out.writeStringField("type", "string");
                out.writeStringField("format", "uuid");
                out.writeStringField("pattern", Uuids.PATTERN);
            }
        };
    }

    /// One of an enum's constants, by its wire name: the constant in lower case with hyphens.
    public static <E extends Enum<E>> JsonType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        byte[][] names = new byte[constants.length][];
        Map<String, E> byName = new HashMap<>();
        for (int i = 0; i < constants.length; i++) {
            names[i] = wireName(constants[i]).getBytes(StandardCharsets.UTF_8);
            byName.put(wireName(constants[i]), constants[i]);
        }
        return new JsonType<>() {
            @Override
            public E read(JsonReader in) throws Mismatch {
                int plain = in.peek() == '"' ? in.oneOf(names) : -1;
                if (plain >= 0) {
                    return constants[plain];
                }
                String text = in.string();
                E constant = byName.get(text);
                if (constant == null) {
                    throw new Mismatch("'%s' is none of %s".formatted(JsonReader.shortened(text), names()));
                }
                return constant;
            }

            @Override
            public String words() {
                return "one of "
                        + names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
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
            public List<T> read(JsonReader in) throws Mismatch {
                List<T> values = new ArrayList<>();
                for (boolean more = in.enterArray(); more; more = in.nextValue()) {
                    if (values.size() == max) {
                        throw new Mismatch("the array has more than %d values".formatted(max));
                    }
                    try {
                        values.add(type.read(in));
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
            public String words() {
                return "an array of %d to %d values, each %s".formatted(min, max, type.words());
            }

            @Override
            public void listMembers(String path, List<Member> into) {
                type.listMembers(path + "[]", into);
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

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /// An enum constant's name in JSON and in topics: `SOS_BUTTON` is `sos-button`.
    public static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

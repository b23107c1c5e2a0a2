package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A JSON object with declared members. Unknown members are allowed and passed over, as the contract says: a newer
/// device may know more than we do. A member that is declared may stand there once only.
///
/// @param <R> the record it becomes
public final class ObjectType<R> implements JsonType<R> {
    private final String description;
    private final Function<Values<R>, R> constructor;
    private final List<Field<R, ?>> fields;
    private final Map<String, Integer> slots = new HashMap<>();

    private ObjectType(String description, Function<Values<R>, R> constructor, List<Field<R, ?>> fields) {
        this.description = description;
        this.constructor = constructor;
        this.fields = fields;
        for (int slot = 0; slot < fields.size(); slot++) {
            if (slots.put(fields.get(slot).name, slot) != null) {
                throw new IllegalArgumentException("member declared twice: " + fields.get(slot).name);
            }
        }
    }

    /// Declares an object.
    ///
    /// @param description one sentence for the schema
    /// @param constructor makes the record; it may throw [IllegalArgumentException] where members contradict
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <R> ObjectType<R> object(
            String description, Function<Values<R>, R> constructor, Field<R, ?>... fields) {
        return new ObjectType<>(description, constructor, List.of(fields));
    }

    /// The members that were read, by field.
    public static final class Values<R> {
        private final ObjectType<R> type;
        private final @Nullable Object[] slots;

        private Values(ObjectType<R> type) {
            this.type = type;
            this.slots = new @Nullable Object[type.fields.size()];
        }

        /// A required member.
        public <V> V get(Field<R, V> field) {
            return Objects.requireNonNull(find(field), field.name);
        }

        /// An optional member; null where it is missing.
        @SuppressWarnings("unchecked") // the slot was filled by this very field's type
        public <V> @Nullable V find(Field<R, V> field) {
            return (V) slots[type.fields.indexOf(field)];
        }
    }

    @Override
    public R read(JsonParser parser) throws IOException, Mismatch {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonTypes.unexpected(parser, "an object");
        }
        Values<R> values = new Values<>(this);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Integer slot = slots.get(name);
            parser.nextToken();
            try {
                if (slot == null) {
                    JsonTypes.passOver(parser);
                } else if (values.slots[slot] != null) {
                    throw new Mismatch("the member stands there twice");
                } else {
                    values.slots[slot] = fields.get(slot).type.read(parser);
                }
            } catch (Mismatch e) {
                throw e.under(name);
            }
        }
        for (int slot = 0; slot < values.slots.length; slot++) {
            if (values.slots[slot] == null && fields.get(slot).required) {
                throw new Mismatch("the member is missing").under(fields.get(slot).name);
            }
        }
        try {
            return constructor.apply(values);
        } catch (IllegalArgumentException e) {
            throw new Mismatch(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void write(JsonGenerator out, R value) throws IOException {
        out.writeStartObject();
        for (Field<R, ?> field : fields) {
            writeField(out, field, value);
        }
        out.writeEndObject();
    }

    private static <R, V> void writeField(JsonGenerator out, Field<R, V> field, R value) throws IOException {
        V member = field.getter.apply(value);
        if (member != null) {
            out.writeFieldName(field.name);
            field.type.write(out, member);
        }
    }

    @Override
    public void describe(JsonGenerator out) throws IOException {
        out.writeStringField("type", "object");
        out.writeStringField("description", description);
        out.writeObjectFieldStart("properties");
        for (Field<R, ?> field : fields) {
            out.writeObjectFieldStart(field.name);
            field.type.describe(out);
            if (!(field.type instanceof ObjectType)) {
                out.writeStringField("description", field.description);
            }
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeArrayFieldStart("required");
        for (Field<R, ?> field : fields) {
            if (field.required) {
                out.writeString(field.name);
            }
        }
        out.writeEndArray();
    }
}

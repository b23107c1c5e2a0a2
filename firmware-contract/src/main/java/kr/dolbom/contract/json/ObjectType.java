package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A JSON object with declared members. Unknown members are allowed and passed over, as the contract says: a newer
/// device may know more than we do. No name may stand there twice, known or not.
///
/// @param <R> the record it becomes
public final class ObjectType<R> implements JsonType<R> {
    private final String description;
    private final Function<Values<R>, R> constructor;
    private final Field<R, ?>[] fields;
    private final byte[][] names;
    private final Map<String, Integer> slots = new HashMap<>();

    private ObjectType(String description, Function<Values<R>, R> constructor, Field<R, ?>[] fields) {
        this.description = description;
        this.constructor = constructor;
        this.fields = fields;
        this.names = new byte[fields.length][];
        for (int slot = 0; slot < fields.length; slot++) {
            Field<R, ?> field = fields[slot];
            field.takeSlot(slot);
            names[slot] = field.name.getBytes(StandardCharsets.UTF_8);
            if (slots.put(field.name, slot) != null) {
                throw new IllegalArgumentException("member declared twice: " + field.name);
            }
        }
    }

    /// Declares an object.
    ///
    /// @param description one sentence for the schema
    /// @param constructor makes the record; it may throw [IllegalArgumentException] where members contradict
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public static <R> ObjectType<R> object(
            String description, Function<Values<R>, R> constructor, Field<R, ?>... fields) {
        return new ObjectType<>(description, constructor, fields.clone());
    }

    /// The members that were read, by field.
    public static final class Values<R> {
        private final ObjectType<R> type;
        private final @Nullable Object[] slots;

        private Values(ObjectType<R> type) {
            this.type = type;
            this.slots = new @Nullable Object[type.fields.length];
        }

        /// A required member.
        public <V> V get(Field<R, V> field) {
            return Objects.requireNonNull(find(field), field.name);
        }

        /// An optional member; null where it is missing.
        @SuppressWarnings("unchecked") // the slot was filled by this very field's type
        public <V> @Nullable V find(Field<R, V> field) {
            if (type.fields[field.slot] != field) {
                throw new IllegalArgumentException("the object has no member '" + field.name + "'");
            }
            return (V) slots[field.slot];
        }
    }

    @Override
    public R read(JsonReader in) throws Mismatch {
        Values<R> values = new Values<>(this);
        int next = 0;
        Set<String> strangers = null;
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            int slot = in.name(names, next);
            if (slot >= 0) {
                readMember(in, values, slot);
                next = slot + 1;
            } else {
                String name = in.anyName();
                Integer escaped = slots.get(name);
                if (escaped != null) {
                    readMember(in, values, escaped);
                } else {
                    strangers = strangers == null ? new HashSet<>() : strangers;
                    passOver(in, name, strangers);
                }
            }
        }
        for (int slot = 0; slot < fields.length; slot++) {
            if (values.slots[slot] == null && fields[slot].required) {
                throw new Mismatch("the member is missing")
                        .under(fields[slot].name)
                        .breaking(fields[slot].rule);
            }
        }
        try {
            return constructor.apply(values);
        } catch (IllegalArgumentException e) {
            throw new Mismatch(String.valueOf(e.getMessage()));
        }
    }

    private void readMember(JsonReader in, Values<R> values, int slot) throws Mismatch {
        Field<R, ?> field = fields[slot];
        try {
            if (values.slots[slot] != null) {
                throw JsonReader.twice();
            }
            int from = in.position();
            int spaces = in.spaces();
            values.slots[slot] = field.type.read(in);
            if (field.kept) {
                in.keep(from, spaces);
            }
        } catch (Mismatch e) {
            throw e.under(field.name).breaking(field.rule);
        }
    }

    private static void passOver(JsonReader in, String name, Set<String> strangers) throws Mismatch {
        try {
            if (!strangers.add(name)) {
                throw JsonReader.twice();
            }
            in.passOverUnknown(name);
        } catch (Mismatch e) {
            throw e.under(name);
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
    public String words() {
        return "an object";
    }

    @Override
    public void listMembers(String path, List<Member> into) {
        for (Field<R, ?> field : fields) {
            String member = path.isEmpty() ? field.name : path + "." + field.name;
            into.add(new Member(member, field.type.words(), field.required, field.description, field.rule));
            field.type.listMembers(member, into);
        }
    }

    /// All members, with those of the objects inside.
    public List<Member> listMembers() {
        List<Member> members = new ArrayList<>();
        listMembers("", members);
        return List.copyOf(members);
    }

    /// What the object is, in one sentence.
    public String description() {
        return description;
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

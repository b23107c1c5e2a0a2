package kr.dolbom.contract.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One member of an object.
///
/// @param <R> the record it belongs to
/// @param <V> the member's type
public final class Field<R, V> {
    final String name;
    final JsonType<V> type;
    final boolean required;
    final Function<R, @Nullable V> getter;
    final String description;
    final boolean kept;
    final @Nullable String rule;
    int slot = -1;

    private Field(
            String name,
            JsonType<V> type,
            boolean required,
            Function<R, @Nullable V> getter,
            String description,
            boolean kept,
            @Nullable String rule) {
        this.name = name;
        this.type = type;
        this.required = required;
        this.getter = getter;
        this.description = description;
        this.kept = kept;
        this.rule = rule;
    }

    /// A member that must be there.
    public static <R, V> Field<R, V> required(
            String name, JsonType<V> type, Function<R, @Nullable V> getter, String description) {
        return new Field<>(name, type, true, getter, description, false, null);
    }

    /// A member that may be missing; `null` in JSON is not the same as missing and is refused.
    public static <R, V> Field<R, V> optional(
            String name, JsonType<V> type, Function<R, @Nullable V> getter, String description) {
        return new Field<>(name, type, false, getter, description, false, null);
    }

    /// The same member, of which the reader keeps the text as it was sent: [JsonCodec#readKeeping].
    public Field<R, V> kept() {
        return new Field<>(name, type, required, getter, description, true, rule);
    }

    /// The same member under the id of the requirement that its declaration states: `DC-ACT-005`.
    public Field<R, V> rule(String id) {
        return new Field<>(name, type, required, getter, description, kept, id);
    }

    /// Takes its place among an object's members; several objects may share a field at the same place.
    void takeSlot(int slot) {
        if (this.slot >= 0 && this.slot != slot) {
            throw new IllegalArgumentException("member '" + name + "' stands at two places");
        }
        this.slot = slot;
    }
}

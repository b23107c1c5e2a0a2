package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// A type of JSON value: how it is read, written and described. Immutable; safe for use by many threads.
///
/// @param <T> what it is in Java
public interface JsonType<T> {
    /// Reads the value on whose first byte the reader stands and leaves the reader behind it.
    ///
    /// @throws Mismatch where the value is not of this type
    T read(JsonReader in) throws Mismatch;

    /// Writes one value.
    void write(JsonGenerator out, T value) throws IOException;

    /// Writes the members of this type's JSON Schema into an object that is already open.
    void describe(JsonGenerator out) throws IOException;

    /// The type in words, for a sentence that ends with them: `a whole number from 1 to 10000`.
    String words();

    /// Adds the members of the objects inside this type.
    ///
    /// @param path where this type stands: `data.counts`
    default void listMembers(String path, List<Member> into) {}
}

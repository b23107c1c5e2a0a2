package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Reads, writes and describes a declared object. Stateless; safe for use by many threads.
public final class JsonCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonCodec() {}

    /// A value that was read, and the text of its [kept][Field#kept()] member.
    public record Kept<T>(T value, JsonSlice slice) {}

    /// Reads one object that fills the whole body.
    public static <T> ReadResult<T> read(ObjectType<T> type, byte[] body) {
        JsonReader in = new JsonReader(body);
        try {
            return new ReadResult.Valid<>(readAll(type, body, in));
        } catch (Mismatch e) {
            return new ReadResult.Invalid<>(e.fault());
        }
    }

    /// Reads one object that fills the whole body, and keeps the text of the member that is declared so.
    public static <T> ReadResult<Kept<T>> readKeeping(ObjectType<T> type, byte[] body) {
        JsonReader in = new JsonReader(body);
        try {
            T value = readAll(type, body, in);
            return new ReadResult.Valid<>(new Kept<>(value, in.kept()));
        } catch (Mismatch e) {
            return new ReadResult.Invalid<>(e.fault());
        }
    }

    private static <T> T readAll(ObjectType<T> type, byte[] body, JsonReader in) throws Mismatch {
        if (body.length > 0 && body[0] != '{') {
            Openings.check(body, in);
        }
        in.space();
        if (in.peek() < 0 && in.position() == body.length) {
            throw in.malformed("the body is empty");
        }
        T value = type.read(in);
        in.expectEnd();
        return value;
    }

    /// Writes one object as UTF-8 JSON without white space.
    public static <T> byte[] write(ObjectType<T> type, T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            type.write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /// The JSON Schema 2020-12 document of one object.
    ///
    /// @param id the document's `$id`
    public static String schema(String id, ObjectType<?> type) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        printer.indentArraysWith(lines);
        printer.indentObjectsWith(lines);
        try (JsonGenerator out = JSON.createGenerator(text).setPrettyPrinter(printer)) {
            out.writeStartObject();
            out.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
            out.writeStringField("$id", id);
            type.describe(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append('\n').toString();
    }
}

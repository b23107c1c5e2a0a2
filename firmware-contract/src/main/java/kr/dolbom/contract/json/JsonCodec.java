package kr.dolbom.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;

/// Reads, writes and describes a declared object. Stateless; safe for use by many threads.
public final class JsonCodec {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(40)
                    .build())
            .build();

    private JsonCodec() {}

    /// Reads one object that fills the whole body.
    public static <T> ReadResult<T> read(ObjectType<T> type, byte[] body) {
        if (isWideEncoding(body)) {
            return malformed("the body is not UTF-8");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            return malformed("the body is not UTF-8");
        }
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                return malformed("the body is empty");
            }
            T value = type.read(parser);
            if (parser.nextToken() != null) {
                return malformed("something follows the object");
            }
            return new ReadResult.Valid<>(value);
        } catch (Mismatch e) {
            return new ReadResult.Invalid<>(new Fault(Reason.SCHEMA_VIOLATION, e.pointer(), e.detail()));
        } catch (JsonProcessingException e) {
            return malformed("%s (line %d, column %d)"
                    .formatted(
                            firstLine(e.getOriginalMessage()),
                            e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                            e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
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

    /// One object that is a member of the object in a body that [#read] found valid, as it was sent but for white
    /// space.
    ///
    /// @param without names of that member's own members to leave out
    /// @throws IllegalArgumentException where the body has no such object
    public static byte[] member(byte[] body, String name, Set<String> without) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length);
        try (JsonParser parser = JSON.createParser(body);
                JsonGenerator out = JSON.createGenerator(bytes)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                if (parser.nextToken() == JsonToken.START_OBJECT && found) {
                    copyObject(parser, out, without);
                    out.flush();
                    return bytes.toByteArray();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is no valid JSON", e);
        }
        throw new IllegalArgumentException("the body has no object '" + name + "'");
    }

    private static void copyObject(JsonParser parser, JsonGenerator out, Set<String> without) throws IOException {
        out.writeStartObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (without.contains(parser.currentName())) {
                parser.nextToken();
                parser.skipChildren();
            } else {
                out.copyCurrentStructureExact(parser);
            }
        }
        out.writeEndObject();
    }

    /// The JSON Schema 2020-12 document of one object.
    ///
    /// @param id the document's `$id`
    public static String schema(String id, ObjectType<?> type) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
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

    /// UTF-16 and UTF-32 of ASCII characters are valid UTF-8 as well, with zeros between; the parser would take them.
    private static boolean isWideEncoding(byte[] body) {
        return body.length >= 2 && (body[0] == 0 || body[1] == 0);
    }

    private static <T> ReadResult<T> malformed(String detail) {
        return new ReadResult.Invalid<>(new Fault(Reason.MALFORMED_JSON, "", detail));
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}

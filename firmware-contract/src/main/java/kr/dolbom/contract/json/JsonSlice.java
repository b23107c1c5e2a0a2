package kr.dolbom.contract.json;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;

/// A part of a body that was found valid, as it was sent: members that this version does not know, numbers digit by
/// digit, escapes. It holds on to the body, which must not be changed.
public final class JsonSlice {
    private final byte[] body;
    private final int from;
    private final int to;
    private final boolean spaced;

    JsonSlice(byte[] body, int from, int to, boolean spaced) {
        this.body = body;
        this.from = from;
        this.to = to;
        this.spaced = spaced;
    }

    /// The part without white space between its values.
    public byte[] minified() {
        if (!spaced) {
            return Arrays.copyOfRange(body, from, to);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        minify(out, from, to);
        return out.toByteArray();
    }

    /// The part without white space and without some members, wherever in it they stand.
    ///
    /// @param names of members to leave out, at any depth
    public byte[] minifiedWithout(Set<String> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        try {
            copy(new JsonReader(body, from, to), out, names);
        } catch (Mismatch e) {
            throw new IllegalStateException("this part was found valid before: " + e.detail(), e);
        }
        return out.toByteArray();
    }

    private void copy(JsonReader reader, ByteArrayOutputStream out, Set<String> without) throws Mismatch {
        switch (reader.peek()) {
            case '{' -> {
                out.write('{');
                boolean any = false;
                for (boolean more = reader.enterObject(); more; more = reader.nextMember()) {
                    int nameFrom = reader.position();
                    if (without.contains(reader.anyName())) {
                        reader.passOver(false);
                        continue;
                    }
                    if (any) {
                        out.write(',');
                    }
                    any = true;
                    minify(out, nameFrom, reader.position());
                    copy(reader, out, without);
                }
                out.write('}');
            }
            case '[' -> {
                out.write('[');
                boolean any = false;
                for (boolean more = reader.enterArray(); more; more = reader.nextValue()) {
                    if (any) {
                        out.write(',');
                    }
                    any = true;
                    copy(reader, out, without);
                }
                out.write(']');
            }
            default -> {
                int valueFrom = reader.position();
                reader.passOver(false);
                minify(out, valueFrom, reader.position());
            }
        }
    }

    private void minify(ByteArrayOutputStream out, int from, int to) {
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte b = body[i];
            if (inString && b == '\\') {
                out.write(b);
                i++;
                b = body[i];
            } else if (b == '"') {
                inString = !inString;
            }
            if (inString || b < 0 || b > ' ') {
                out.write(b);
            }
        }
    }
}

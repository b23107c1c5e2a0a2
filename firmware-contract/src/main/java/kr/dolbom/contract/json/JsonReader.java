package kr.dolbom.contract.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kr.dolbom.contract.Reason;

/// Reads one UTF-8 JSON text (RFC 8259) strictly, value after value, straight from its bytes. A method that reads a
/// value expects to stand on its first byte and leaves the reader behind its last.
///
/// Beyond RFC 8259: an object holds no name twice, nothing nests deeper than [#MAX_DEPTH], a number has at most
/// [#MAX_NUMBER_LENGTH] characters and an exponent within ±100, and no string holds U+0000 or half of a surrogate
/// pair. For one thread.
public final class JsonReader {
    /// How deep objects and arrays may stand in each other; the body itself is 1.
    public static final int MAX_DEPTH = 16;
    /// The most characters that a number may have.
    public static final int MAX_NUMBER_LENGTH = 40;
    /// The most UTF-16 units of a string in a member that the contract does not know; more could be sound.
    public static final int MAX_UNKNOWN_STRING = 2048;

    private static final String TWICE_RULE = "DC-ENV-012";
    private static final String DEPTH_RULE = "DC-ENV-013";
    private static final String NUMBER_RULE = "DC-ENV-014";
    private static final String TEXT_RULE = "DC-ENV-015";
    private static final int EXPONENT_LIMIT = 100;
    private static final long EXACT_MANTISSA = 1L << 53;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final Set<String> SOUND = Set.of("audio", "pcm", "wav", "recording");
    private static final int NOTHING = -1;

    private final byte[] in;
    private final int end;
    private int at;
    private int depth;
    private int spaces;

    private int keptFrom = NOTHING;
    private int keptTo;
    private boolean keptSpaced;

    JsonReader(byte[] in) {
        this(in, 0, in.length);
    }

    JsonReader(byte[] in, int from, int to) {
        this.in = in;
        this.at = from;
        this.end = to;
    }

    // ---- structure

    /// The byte at which the reader stands, or -1 at the end.
    int peek() {
        return at < end ? in[at] : NOTHING;
    }

    int position() {
        return at;
    }

    /// Passes over white space.
    void space() {
        int i = at;
        while (i < end && in[i] <= ' ' && (in[i] == ' ' || in[i] == '\n' || in[i] == '\r' || in[i] == '\t')) {
            i++;
        }
        spaces += i - at;
        at = i;
    }

    /// Enters an object; whether it has a member, on whose name the reader then stands.
    boolean enterObject() throws Mismatch {
        if (peek() != '{') {
            throw unexpected("an object");
        }
        enter();
        if (peek() == '}') {
            leave();
            return false;
        }
        expectName();
        return true;
    }

    /// Goes to the name of an object's next member, or leaves the object.
    boolean nextMember() throws Mismatch {
        space();
        if (peek() == ',') {
            at++;
            space();
            expectName();
            return true;
        }
        if (peek() == '}') {
            leave();
            return false;
        }
        throw malformed("expected ',' or '}'");
    }

    /// Enters an array; whether it has a value, on which the reader then stands.
    boolean enterArray() throws Mismatch {
        if (peek() != '[') {
            throw unexpected("an array");
        }
        enter();
        if (peek() == ']') {
            leave();
            return false;
        }
        return true;
    }

    /// Goes to an array's next value, or leaves the array.
    boolean nextValue() throws Mismatch {
        space();
        if (peek() == ',') {
            at++;
            space();
            return true;
        }
        if (peek() == ']') {
            leave();
            return false;
        }
        throw malformed("expected ',' or ']'");
    }

    /// Where the name at which the reader stands is one of the given, passes over it and its colon.
    ///
    /// @param guess which of them to try first
    /// @return its index, or -1; then the reader has not moved
    int name(byte[][] names, int guess) throws Mismatch {
        if (guess < names.length && isName(names[guess])) {
            return pass(names, guess);
        }
        for (int i = 0; i < names.length; i++) {
            if (isName(names[i])) {
                return pass(names, i);
            }
        }
        return NOTHING;
    }

    /// Any name, with its colon.
    String anyName() throws Mismatch {
        String name = string();
        colon();
        return name;
    }

    private boolean isName(byte[] name) {
        int from = at + 1;
        int to = from + name.length;
        return to < end && in[to] == '"' && Arrays.equals(in, from, to, name, 0, name.length);
    }

    private int pass(byte[][] names, int index) throws Mismatch {
        at += names[index].length + 2;
        colon();
        return index;
    }

    private void colon() throws Mismatch {
        space();
        if (peek() != ':') {
            throw malformed("expected ':'");
        }
        at++;
        space();
    }

    private void expectName() throws Mismatch {
        if (peek() != '"') {
            throw malformed("expected a member's name");
        }
    }

    private void enter() throws Mismatch {
        if (++depth > MAX_DEPTH) {
            throw new Mismatch(
                    Reason.SCHEMA_VIOLATION, DEPTH_RULE, "nested deeper than %d levels".formatted(MAX_DEPTH));
        }
        at++;
        space();
    }

    private void leave() {
        at++;
        depth--;
    }

    /// Ends the reading; nothing but white space may follow.
    void expectEnd() throws Mismatch {
        space();
        if (at < end) {
            throw malformed("something follows the object");
        }
    }

    // ---- a part that the caller wants as it was sent

    /// Remembers the value that began at `from` and ends here.
    ///
    /// @param spacesBefore what [#spaces()] was at its beginning
    void keep(int from, int spacesBefore) {
        keptFrom = from;
        keptTo = at;
        keptSpaced = spaces != spacesBefore;
    }

    int spaces() {
        return spaces;
    }

    JsonSlice kept() {
        if (keptFrom == NOTHING) {
            throw new IllegalStateException("the type declares no member to keep");
        }
        return new JsonSlice(in, keptFrom, keptTo, keptSpaced);
    }

    // ---- strings

    /// The index of the closing quotation mark, where the string is of ASCII characters without escapes; else -1. The
    /// reader does not move.
    int plainEnd() {
        for (int i = at + 1; i < end; i++) {
            byte b = in[i];
            if (b == '"') {
                return i;
            }
            if (b < ' ' || b == '\\') {
                return NOTHING;
            }
        }
        return NOTHING;
    }

    /// A string.
    String string() throws Mismatch {
        if (peek() != '"') {
            throw unexpected("a string");
        }
        int quote = plainEnd();
        if (quote < 0) {
            return longhand();
        }
        String text = new String(in, at + 1, quote - at - 1, StandardCharsets.ISO_8859_1);
        at = quote + 1;
        return text;
    }

    /// One of the given strings, or -1; then the reader has not moved.
    int oneOf(byte[][] texts) {
        for (int i = 0; i < texts.length; i++) {
            if (isName(texts[i])) {
                at += texts[i].length + 2;
                return i;
            }
        }
        return NOTHING;
    }

    /// The bytes under the reader, for a type that reads a plain string itself and then calls [#moveTo(int)].
    byte[] bytes() {
        return in;
    }

    void moveTo(int position) {
        at = position;
    }

    private String longhand() throws Mismatch {
        int open = at++;
        StringBuilder text = new StringBuilder();
        while (true) {
            int b = peek();
            if (at >= end) {
                at = open;
                throw malformed("the string has no end");
            } else if (b == '"') {
                at++;
                return storable(text);
            } else if (b == '\\') {
                text.append(escape());
            } else if (b < 0) {
                text.appendCodePoint(wideCharacter());
            } else if (b < ' ') {
                throw malformed("a control character within a string");
            } else {
                text.append((char) b);
                at++;
            }
        }
    }

    private char escape() throws Mismatch {
        at++;
        char c = switch (peek()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("an unknown escape");
        };
        at++;
        return c;
    }

    /// Leaves the reader on the last of the four digits.
    private char unicode() throws Mismatch {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            at++;
            int digit = at < end ? Character.digit((char) (in[at] & 0xFF), 16) : -1;
            if (digit < 0 || in[at] < 0) {
                throw malformed("\\u is not followed by four hexadecimal digits");
            }
            unit = (unit << 4) | digit;
        }
        return (char) unit;
    }

    /// One character of two to four bytes; what is longer than needed, a surrogate, or beyond U+10FFFF is no UTF-8.
    private int wideCharacter() throws Mismatch {
        int first = in[at] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        int least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
        if (first < 0xC2 || first > 0xF4 || at + length > end) {
            throw malformed("the body is not UTF-8");
        }
        int character = first & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int b = in[at + i];
            if ((b & 0xC0) != 0x80) {
                throw malformed("the body is not UTF-8");
            }
            character = (character << 6) | (b & 0x3F);
        }
        if (character < least
                || character > Character.MAX_CODE_POINT
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)) {
            throw malformed("the body is not UTF-8");
        }
        at += length;
        return character;
    }

    private static String storable(StringBuilder text) throws Mismatch {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new Mismatch(Reason.SCHEMA_VIOLATION, TEXT_RULE, "the string has the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new Mismatch(Reason.SCHEMA_VIOLATION, TEXT_RULE, "the string has half of a surrogate pair");
                }
                i++;
            }
        }
        return text.toString();
    }

    // ---- numbers and literals

    /// A whole number, written without fraction and exponent.
    long whole(long min, long max) throws Mismatch {
        int from = at;
        int digits = scanNumber("a whole number");
        if (digits < 0) {
            at = from;
            throw new Mismatch("%s is no whole number, or not written as one".formatted(numberText()));
        }
        if (digits > 18) {
            BigInteger big = new BigInteger(text(from, at));
            if (big.bitLength() > 63) {
                throw new Mismatch("%s is not within %d to %d".formatted(big, min, max));
            }
            return within(big.longValue(), min, max);
        }
        boolean negative = in[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < at; i++) {
            value = value * 10 + (in[i] - '0');
        }
        return within(negative ? -value : value, min, max);
    }

    private static long within(long value, long min, long max) throws Mismatch {
        if (value < min || value > max) {
            throw new Mismatch("%d is not within %d to %d".formatted(value, min, max));
        }
        return value;
    }

    /// Any number.
    double number() throws Mismatch {
        int from = at;
        scanNumber("a number");
        // Exact while the digits fit a double and the power of ten is one (Clinger 1990).
        long digits = 0;
        int fraction = 0;
        boolean point = false;
        for (int i = in[from] == '-' ? from + 1 : from; i < at; i++) {
            byte b = in[i];
            if (b == '.') {
                point = true;
            } else if (b > '9' || digits >= EXACT_MANTISSA / 10 || fraction == POWERS_OF_TEN.length - 1) {
                return Double.parseDouble(text(from, at));
            } else {
                digits = digits * 10 + (b - '0');
                fraction += point ? 1 : 0;
            }
        }
        double value = digits / POWERS_OF_TEN[fraction];
        return in[from] == '-' ? -value : value;
    }

    /// Passes over a number.
    ///
    /// @return how many digits a whole number has; -1 where it has a fraction or an exponent
    private int scanNumber(String expected) throws Mismatch {
        int from = at;
        int i = at;
        if (i < end && in[i] == '-') {
            i++;
        } else if (!isDigit(i)) {
            throw unexpected(expected);
        }
        int digitsFrom = i;
        if (!isDigit(i)) {
            at = i;
            throw malformed("a '-' without a number");
        }
        i = in[i] == '0' ? i + 1 : digits(i);
        int whole = i - digitsFrom;
        if (i < end && in[i] == '.') {
            whole = -1;
            if (!isDigit(++i)) {
                at = i;
                throw malformed("no digit behind the decimal point");
            }
            i = digits(i);
        }
        if (i < end && (in[i] == 'e' || in[i] == 'E')) {
            whole = -1;
            i++;
            if (i < end && (in[i] == '+' || in[i] == '-')) {
                i++;
            }
            if (!isDigit(i)) {
                at = i;
                throw malformed("no digit in the exponent");
            }
            int exponentFrom = i;
            i = digits(i);
            if (i - from <= MAX_NUMBER_LENGTH && exceedsExponent(exponentFrom, i)) {
                throw beyond(from, i);
            }
        }
        if (i - from > MAX_NUMBER_LENGTH) {
            throw beyond(from, i);
        }
        at = i;
        return whole;
    }

    private boolean exceedsExponent(int from, int to) {
        int exponent = 0;
        for (int i = from; i < to && exponent <= EXPONENT_LIMIT; i++) {
            exponent = exponent * 10 + (in[i] - '0');
        }
        return exponent > EXPONENT_LIMIT;
    }

    private Mismatch beyond(int from, int to) {
        String text = text(from, to);
        return new Mismatch(
                Reason.SCHEMA_VIOLATION, NUMBER_RULE, "%s is beyond the range of numbers".formatted(shortened(text)));
    }

    private String numberText() {
        int to = at;
        while (to < end && ("+-.eE".indexOf(in[to]) >= 0 || isDigit(to))) {
            to++;
        }
        return text(at, to);
    }

    private boolean isDigit(int i) {
        return i < end && in[i] >= '0' && in[i] <= '9';
    }

    private int digits(int from) {
        int i = from;
        while (isDigit(i)) {
            i++;
        }
        return i;
    }

    /// `true` or `false`.
    boolean flag() throws Mismatch {
        return switch (peek()) {
            case 't' -> {
                literal("true");
                yield true;
            }
            case 'f' -> {
                literal("false");
                yield false;
            }
            default -> throw unexpected("true or false");
        };
    }

    private void literal(String literal) throws Mismatch {
        for (int i = 0; i < literal.length(); i++) {
            if (at + i >= end || in[at + i] != literal.charAt(i)) {
                throw malformed("expected " + literal);
            }
        }
        at += literal.length();
    }

    // ---- what the contract does not know

    /// Passes over the value of a member that the contract does not know, but not over sound.
    ///
    /// @param name the member's name
    void passOverUnknown(String name) throws Mismatch {
        boolean named = SOUND.contains(name.toLowerCase(Locale.ROOT));
        if (named && (peek() == '"' || peek() == '[')) {
            throw new Mismatch(Reason.RAW_AUDIO, "a member of this name is taken for sound");
        }
        passOver(true);
    }

    /// Passes over any value.
    ///
    /// @param judging whether to look for sound
    void passOver(boolean judging) throws Mismatch {
        switch (peek()) {
            case '{' -> passOverObject(judging);
            case '[' -> passOverArray(judging);
            case '"' -> {
                if (string().length() > MAX_UNKNOWN_STRING && judging) {
                    throw new Mismatch(
                            Reason.RAW_AUDIO,
                            "a string of more than %d characters is taken for sound".formatted(MAX_UNKNOWN_STRING));
                }
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> scanNumber("a value");
        }
    }

    private void passOverObject(boolean judging) throws Mismatch {
        Set<String> names = new HashSet<>();
        for (boolean more = enterObject(); more; more = nextMember()) {
            String name = anyName();
            try {
                if (!names.add(name)) {
                    throw twice();
                }
                if (judging) {
                    passOverUnknown(name);
                } else {
                    passOver(false);
                }
            } catch (Mismatch e) {
                throw e.under(name);
            }
        }
    }

    private void passOverArray(boolean judging) throws Mismatch {
        int index = 0;
        for (boolean more = enterArray(); more; more = nextValue()) {
            try {
                passOver(judging);
            } catch (Mismatch e) {
                throw e.under(Integer.toString(index));
            }
            index++;
        }
    }

    static Mismatch twice() {
        return new Mismatch(Reason.SCHEMA_VIOLATION, TWICE_RULE, "the member stands there twice");
    }

    // ---- faults

    /// What stands here is of another type than expected; or it is no JSON at all, which is the worse fault.
    Mismatch unexpected(String expected) throws Mismatch {
        int first = peek();
        String found = FOUND.get(first);
        if (found == null) {
            return malformed(at < end ? "no JSON value begins so" : "the body ends too early");
        }
        if (first != '{' && first != '[') {
            int here = at;
            passOver(false);
            at = here;
        }
        return new Mismatch("found %s, expected %s".formatted(found, expected));
    }

    private static final Map<Integer, String> FOUND = Map.ofEntries(
            Map.entry((int) '{', "an object"),
            Map.entry((int) '[', "an array"),
            Map.entry((int) '"', "a string"),
            Map.entry((int) 't', "true or false"),
            Map.entry((int) 'f', "true or false"),
            Map.entry((int) 'n', "null"),
            Map.entry((int) '-', "a number"),
            Map.entry((int) '0', "a number"),
            Map.entry((int) '1', "a number"),
            Map.entry((int) '2', "a number"),
            Map.entry((int) '3', "a number"),
            Map.entry((int) '4', "a number"),
            Map.entry((int) '5', "a number"),
            Map.entry((int) '6', "a number"),
            Map.entry((int) '7', "a number"),
            Map.entry((int) '8', "a number"),
            Map.entry((int) '9', "a number"));

    /// The text is no JSON from here on.
    Mismatch malformed(String detail) {
        int line = 1;
        int lineFrom = 0;
        for (int i = 0; i < at && i < end; i++) {
            if (in[i] == '\n') {
                line++;
                lineFrom = i + 1;
            }
        }
        return new Mismatch(
                Reason.MALFORMED_JSON, "%s (line %d, column %d)".formatted(detail, line, at - lineFrom + 1));
    }

    private String text(int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "…";
    }
}

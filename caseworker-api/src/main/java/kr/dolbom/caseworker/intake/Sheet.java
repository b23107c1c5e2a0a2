package kr.dolbom.caseworker.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a spreadsheet wrote as comma-separated values: UTF-8, with or without its mark, UTF-16 with it, or what Korean
/// Excel writes (MS949, which has all of EUC-KR); separated by commas, semicolons or tabs.
///
/// @param rows without the titles and without empty ones
/// @param faults what is wrong with the file as a whole; then there are no rows
record Sheet(List<Row> rows, List<Fault> faults) {
    /// At most so many rows are taken.
    static final int MOST_ROWS = 20_000;

    private static final Charset KOREAN_EXCEL = Charset.forName("MS949");
    private static final String SEPARATORS = ",;\t";
    private static final String MARK = "\uFEFF";
    private static final String SEPARATOR_LINE = "sep=";

    /// One row.
    ///
    /// @param line its number as a spreadsheet shows it: the titles are 1
    /// @param cells by field
    record Row(int line, Map<String, String> cells) {}

    /// The text of a file; empty when it is in none of the encodings.
    static Optional<String> decode(byte[] file) {
        int first = file.length < 2 ? 0 : ((file[0] & 0xFF) << 8) | (file[1] & 0xFF);
        if (first == 0xFFFE || first == 0xFEFF) {
            return Optional.ofNullable(decode(file, StandardCharsets.UTF_16));
        }
        String text = decode(file, StandardCharsets.UTF_8);
        if (text == null) {
            text = decode(file, KOREAN_EXCEL);
        }
        // No spreadsheet writes a zero; whatever has one is no text.
        return Optional.ofNullable(text)
                .filter(known -> known.indexOf('\0') < 0)
                .map(known -> known.startsWith(MARK) ? known.substring(1) : known);
    }

    private static @Nullable String decode(byte[] file, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// Reads a file's text.
    static Sheet read(String text, Kind kind) {
        boolean namesSeparator = text.regionMatches(true, 0, SEPARATOR_LINE, 0, SEPARATOR_LINE.length());
        String body = namesSeparator ? text.substring(Math.max(text.indexOf('\n') + 1, 0)) : text;
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator(body))
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(body)) {
            for (CsvRecord csv : reader) {
                records.add(csv.getFields());
                if (records.size() > MOST_ROWS + 1) {
                    return broken("rows", "", Integer.toString(MOST_ROWS));
                }
            }
        } catch (CsvParseException e) {
            return broken("quotes", "", Integer.toString(records.size() + 1));
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a text can always be read", e);
        }
        return records.isEmpty() ? broken("empty", "", "") : read(records, kind, namesSeparator ? 1 : 0);
    }

    private static Sheet read(List<List<String>> records, Kind kind, int before) {
        List<Fault> faults = new ArrayList<>();
        Map<Integer, String> fields = new HashMap<>();
        List<String> titles = records.getFirst();
        for (int i = 0; i < titles.size(); i++) {
            String title =
                    Normalizer.normalize(titles.get(i), Normalizer.Form.NFC).strip();
            if (title.isEmpty()) {
                continue;
            }
            Optional<String> field = kind.columns().stream()
                    .filter(column -> column.isCalled(title))
                    .map(Kind.Column::field)
                    .findFirst();
            if (field.isEmpty()) {
                faults.add(new Fault("", title, "column", ""));
            } else if (fields.containsValue(field.get())) {
                faults.add(new Fault(field.get(), title, "column-once", ""));
            } else {
                fields.put(i, field.get());
            }
        }
        kind.columns().stream()
                .filter(column -> column.isRequired() && !fields.containsValue(column.field()))
                .forEach(column -> faults.add(new Fault(column.field(), "", "column-missing", column.korean())));
        if (!faults.isEmpty()) {
            return new Sheet(List.of(), faults);
        }
        List<Row> rows = new ArrayList<>();
        for (int line = 1; line < records.size(); line++) {
            List<String> cells = records.get(line);
            Map<String, String> byField = new HashMap<>();
            fields.forEach((index, field) -> byField.put(field, index < cells.size() ? cells.get(index) : ""));
            if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                rows.add(new Row(line + 1 + before, byField));
            }
        }
        return rows.isEmpty() ? broken("empty", "", "") : new Sheet(List.copyOf(rows), List.of());
    }

    private static Sheet broken(String expected, String given, String about) {
        return new Sheet(List.of(), List.of(new Fault("", given, expected, about)));
    }

    private static char separator(String text) {
        int end = text.indexOf('\n');
        String titles = end < 0 ? text : text.substring(0, end);
        char best = ',';
        for (int i = 0; i < SEPARATORS.length(); i++) {
            char separator = SEPARATORS.charAt(i);
            if (count(titles, separator) > count(titles, best)) {
                best = separator;
            }
        }
        return best;
    }

    private static long count(String text, char letter) {
        return text.chars().filter(c -> c == letter).count();
    }
}

package kr.dolbom.risk.evaluate;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// One line of a CSV file, which can say where in it something is wrong.
///
/// @param file which
/// @param number of the line, from 1
/// @param columns as they stand there
record CsvLine(Path file, int number, List<String> columns) {
    CsvLine {
        columns = List.copyOf(columns);
    }

    private static final int EARLIEST_YEAR = 2000;
    private static final int LATEST_YEAR = 2100;

    /// Reads a file, packed where it ends in `.gz`, whose first line is to be the header.
    ///
    /// @param lines takes the lines after it that are not blank; each has as many columns as the header
    /// @return false where the first line is another: nothing was read
    /// @throws BadInputException where the file is empty, cannot be read, or a line has too few or too
    ///     many columns
    static boolean readAll(Path file, String header, Consumer<CsvLine> lines) {
        int number = 1;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            String first = reader.readLine();
            if (first == null) {
                throw new BadInputException("%s is empty: expected the line %s and records after it, or no such file"
                        .formatted(file, header));
            }
            if (!withoutMark(first).equals(header)) {
                return false;
            }
            int expected = header.split(",", -1).length;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    var one = new CsvLine(file, number, List.of(line.strip().split(",", -1)));
                    if (one.columns.size() != expected) {
                        throw one.bad(
                                Math.min(one.columns.size(), expected) + 1,
                                "%d columns instead of %d".formatted(one.columns.size(), expected),
                                "expected " + header);
                    }
                    lines.accept(one);
                }
            }
            return true;
        } catch (ZipException | EOFException e) {
            throw new BadInputException("%s is no whole gzip file (%s): copy it again, or unpack it to .csv"
                    .formatted(file, e.getMessage()));
        } catch (CharacterCodingException e) {
            throw new BadInputException(
                    "%s, after line %d: there are bytes that are no UTF-8; save it as UTF-8".formatted(file, number));
        } catch (IOException e) {
            throw new BadInputException("%s cannot be read (%s)".formatted(file, e));
        }
    }

    private static String withoutMark(String header) {
        String line = header.startsWith("\ufeff") ? header.substring(1) : header;
        return line.strip();
    }

    String column(int column) {
        return columns.get(column - 1);
    }

    /// The text of a column that must not be blank.
    String required(int column, String what) {
        if (column(column).isBlank()) {
            throw bad(column, "no " + what, "expected an id");
        }
        return column(column);
    }

    /// A local time, in seconds since 1970-01-01 by the home's own clock.
    long second(int column) {
        String text = column(column);
        try {
            String iso = text.strip().replace(' ', 'T');
            boolean hasOffset =
                    iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
            LocalDateTime at = hasOffset ? OffsetDateTime.parse(iso).toLocalDateTime() : LocalDateTime.parse(iso);
            if (at.getYear() < EARLIEST_YEAR || at.getYear() >= LATEST_YEAR) {
                throw bad(
                        column,
                        "the time %s is impossible".formatted(text),
                        "expected a year from %d to %d; mend or delete the line"
                                .formatted(EARLIEST_YEAR, LATEST_YEAR - 1));
            }
            return at.toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw bad(column, "'%s' is no time".formatted(text), "expected for example 2019-04-08 16:32:25");
        }
    }

    /// What is wrong with a column, from 1; one after the last stands where it would begin.
    BadInputException bad(int column, String what, String expected) {
        int begin = 1;
        for (int i = 0; i < column - 1; i++) {
            begin += columns.get(i).length() + 1;
        }
        return new BadInputException("%s, line %d, column %d: %s; %s".formatted(file, number, begin, what, expected));
    }
}

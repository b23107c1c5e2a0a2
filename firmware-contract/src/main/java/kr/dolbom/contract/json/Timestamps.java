package kr.dolbom.contract.json;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Moments in RFC 3339 with seconds and offset, from 1970 on: `2026-03-01T07:10:00.250+09:00`. No place on earth is
/// further than 14 hours from UTC, and PostgreSQL takes no offset of 16 hours or more.
final class Timestamps {
    /// The form; the calendar (no 30 February) is beyond a pattern.
    static final String PATTERN =
            "^(19[7-9][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
                    + "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$";

    private static final int SECONDS_END = "2026-03-01T07:10:00".length();
    private static final int LONGEST_OFFSET_MINUTES = 14 * 60;

    private Timestamps() {}

    /// The moment, or null where the bytes are none.
    static @Nullable OffsetDateTime parse(byte[] in, int from, int to) {
        if (to - from <= SECONDS_END
                || in[from + 4] != '-'
                || in[from + 7] != '-'
                || in[from + 10] != 'T'
                || in[from + 13] != ':'
                || in[from + 16] != ':') {
            return null;
        }
        int year = two(in, from) * 100 + two(in, from + 2);
        int month = two(in, from + 5);
        int day = two(in, from + 8);
        int hour = two(in, from + 11);
        int minute = two(in, from + 14);
        int second = two(in, from + 17);
        int i = from + SECONDS_END;
        int nano = 0;
        if (in[i] == '.') {
            int digits = 0;
            for (i++; i < to && in[i] >= '0' && in[i] <= '9'; i++) {
                nano = nano * 10 + (in[i] - '0');
                if (++digits > 9) {
                    return null;
                }
            }
            if (digits == 0) {
                return null;
            }
            for (; digits < 9; digits++) {
                nano *= 10;
            }
        }
        ZoneOffset offset = offset(in, i, to);
        // A part that is no number is far below zero, and so is what it is a part of.
        if (offset == null || year < 1970 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) {
            return null;
        }
        try {
            return OffsetDateTime.of(LocalDateTime.of(year, month, day, hour, minute, second, nano), offset);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable ZoneOffset offset(byte[] in, int from, int to) {
        if (to - from == 1 && in[from] == 'Z') {
            return ZoneOffset.UTC;
        }
        if (to - from != "+09:00".length() || (in[from] != '+' && in[from] != '-') || in[from + 3] != ':') {
            return null;
        }
        int hours = two(in, from + 1);
        int minutes = two(in, from + 4);
        int total = hours * 60 + minutes;
        if (hours < 0 || minutes < 0 || minutes > 59 || total > LONGEST_OFFSET_MINUTES) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds((in[from] == '-' ? -total : total) * 60);
    }

    /// Two digits as a number, or a number far below zero.
    private static int two(byte[] in, int from) {
        int tens = in[from] - '0';
        int ones = in[from + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : tens * 10 + ones;
    }
}

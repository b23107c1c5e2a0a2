package kr.dolbom.caseworker.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;

/// One entry of an alert's chain. The migration that adds the ledger writes the same bytes.
///
/// @param alertId whose chain
/// @param entryNo from 1
/// @param at when it happened, by the clock of the program that saw it
/// @param recordedAt when it was chained, by the database's clock
/// @param eventNo the timeline's number
/// @param type what happened
/// @param actor who did it
/// @param detail a JSON object of texts, as it is hashed
/// @param previous hash of the entry before, [Sha256#NOTHING] for the first
/// @param hash its own
record LedgerEntry(
        UUID alertId,
        int entryNo,
        Instant at,
        Instant recordedAt,
        long eventNo,
        String type,
        String actor,
        String detail,
        String previous,
        String hash) {
    /// What [#read] needs, of a table or alias `l`.
    static final String COLUMNS = """
            l.alert_id, l.entry_no, l.at, l.recorded_at, l.event_no::text as event_no, l.type, l.actor, l.detail,
            encode(l.previous, 'hex') as previous, encode(l.hash, 'hex') as hash
            """;

    /// As the ledger writes a time: UTC, six decimals.
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static LedgerEntry read(Row row) {
        return new LedgerEntry(
                row.uuid("alert_id"),
                row.number("entry_no"),
                row.instant("at"),
                row.instant("recorded_at"),
                Long.parseLong(row.text("event_no")),
                row.text("type"),
                row.text("actor"),
                row.text("detail"),
                row.text("previous"),
                row.text("hash"));
    }

    /// What is hashed.
    String text() {
        return textAs(entryNo);
    }

    /// Whether it is what was written as the entry of this number.
    boolean wasWrittenAs(int number) {
        return Sha256.of(textAs(number)).equals(hash);
    }

    /// Whether it is what was written, and follows this one.
    boolean follows(int number, String hashBefore) {
        return entryNo == number && previous.equals(hashBefore) && wasWrittenAs(number);
    }

    private String textAs(int number) {
        return String.join(
                "\n",
                "dolbom-ledger 1",
                previous,
                alertId.toString(),
                Integer.toString(number),
                TIME.format(at),
                TIME.format(recordedAt),
                Long.toString(eventNo),
                type,
                actor,
                detail);
    }
}

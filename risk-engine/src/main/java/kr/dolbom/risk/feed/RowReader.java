package kr.dolbom.risk.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.compact.CompactJson;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns a row of the table `telemetry` into a value. Safe for use by many threads.
public final class RowReader {
    /// What a query must select first, from `telemetry t`. Columns are read by their places in it.
    public static final String COLUMNS = """
            t.txid::text::bigint as txid, t.at, t.received_at, t.device_no, t.resident_no, t.kind, t.message_id,
            t.data, t.seq
            """;

    private static final @Nullable TelemetryKind[] KINDS = byNumber();
    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);

    private RowReader() {}

    private static @Nullable TelemetryKind[] byNumber() {
        var kinds = new @Nullable TelemetryKind[16];
        for (TelemetryKind kind : TelemetryKind.values()) {
            kinds[kind.number()] = kind;
        }
        return kinds;
    }

    /// The transaction that stored the current row.
    static long txid(ResultSet row) throws SQLException {
        return row.getLong(1);
    }

    /// The current row; empty where the device stood in no home, or the row cannot be understood, which is logged.
    public static Optional<TelemetryRow> find(ResultSet row) throws SQLException {
        int residentNo = row.getInt(5);
        if (row.wasNull()) {
            return Optional.empty();
        }
        int deviceNo = row.getInt(4);
        UUID messageId = row.getObject(7, UUID.class);
        int number = row.getInt(6);
        TelemetryKind kind = number > 0 && number < KINDS.length ? KINDS[number] : null;
        if (kind == null) {
            LOG.warn(
                    "Passed over a telemetry row of an unknown kind kind={} deviceNo={} messageId={}",
                    number,
                    deviceNo,
                    messageId);
            return Optional.empty();
        }
        return switch (read(kind, row.getBytes(8))) {
            case ReadResult.Valid<Telemetry>(Telemetry value) ->
                Optional.of(new TelemetryRow(
                        instant(row, 2), instant(row, 3), deviceNo, residentNo, messageId, row.getLong(9), value));
            case ReadResult.Invalid<Telemetry>(var fault) -> {
                LOG.warn(
                        "Passed over a telemetry row that cannot be read kind={} deviceNo={} messageId={} reason={} pointer={}",
                        kind.wireName(),
                        deviceNo,
                        messageId,
                        fault.reason().id(),
                        fault.pointer());
                yield Optional.empty();
            }
        };
    }

    private static ReadResult<Telemetry> read(TelemetryKind kind, byte[] stored) {
        byte[] data;
        try {
            data = CompactJson.decode(stored);
        } catch (IllegalArgumentException e) {
            return new ReadResult.Invalid<>(new Fault(Reason.MALFORMED_JSON, "", "stored by a newer broker?"));
        }
        return Contract.readTelemetryData(kind, data);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

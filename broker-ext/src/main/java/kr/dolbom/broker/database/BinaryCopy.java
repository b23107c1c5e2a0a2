package kr.dolbom.broker.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows in the form of `COPY … FROM STDIN (FORMAT binary)`, which the server takes in with the least work. Not safe for
/// use by many threads.
public final class BinaryCopy {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);

    /// No rows yet.
    public BinaryCopy() {
        bytes.put(SIGNATURE).putInt(0).putInt(0);
    }

    /// Begins a row.
    ///
    /// @param columns how many values follow
    public BinaryCopy row(int columns) {
        room(2).putShort((short) columns);
        return this;
    }

    /// A `timestamptz`.
    public BinaryCopy timestamp(Instant value) {
        return bigint(Math.multiplyExact(
                        Math.subtractExact(value.getEpochSecond(), POSTGRES_EPOCH_SECONDS), MICROS_PER_SECOND)
                + value.getNano() / 1_000);
    }

    /// A `bigint`.
    public BinaryCopy bigint(long value) {
        room(12).putInt(8).putLong(value);
        return this;
    }

    /// An `integer`; null for SQL's null.
    public BinaryCopy integer(@Nullable Integer value) {
        if (value == null) {
            room(4).putInt(-1);
        } else {
            room(8).putInt(4).putInt(value);
        }
        return this;
    }

    /// A `smallint`.
    public BinaryCopy smallint(int value) {
        room(6).putInt(2).putShort((short) value);
        return this;
    }

    /// A `uuid`.
    public BinaryCopy uuid(UUID value) {
        room(20).putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    /// A `bytea`.
    public BinaryCopy bytea(byte[] value) {
        room(4 + value.length).putInt(value.length).put(value);
        return this;
    }

    private ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            bytes = ByteBuffer.wrap(
                            Arrays.copyOf(bytes.array(), Math.max(bytes.capacity() * 2, bytes.position() + length)))
                    .position(bytes.position());
        }
        return bytes;
    }

    /// Sends the rows, in the connection's transaction. Nothing may be added afterwards.
    ///
    /// @param into table and columns, as in `telemetry (at, seq)`
    public void send(Connection connection, String into) throws SQLException {
        room(2).putShort((short) -1);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin (format binary)");
        try {
            copy.writeToCopy(bytes.array(), 0, bytes.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}

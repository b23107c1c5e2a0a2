package kr.dolbom.caseworker.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// The current row of a result. `find…` gives null where the column is null, the others fail there.
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /// A text.
    public String text(String column) {
        return present(column, findText(column));
    }

    /// A text or null.
    public @Nullable String findText(String column) {
        return read(column, String.class);
    }

    /// Bytes.
    public byte[] bytes(String column) {
        return present(column, read(column, byte[].class));
    }

    /// A text that is stored encrypted, as people read it; [Secrecy#UNREADABLE] where that is not possible.
    ///
    /// @param first what it is
    /// @param more what else it may be, where the column comes of several tables
    public String secret(String column, SecretColumn first, SecretColumn... more) {
        return Secrecy.current().read(column, text(column), first, more);
    }

    /// The same or null.
    public @Nullable String findSecret(String column, SecretColumn first, SecretColumn... more) {
        String stored = findText(column);
        return stored == null ? null : Secrecy.current().read(column, stored, first, more);
    }

    /// A whole number.
    public int number(String column) {
        return present(column, findNumber(column));
    }

    /// A whole number or null.
    public @Nullable Integer findNumber(String column) {
        return read(column, Integer.class);
    }

    /// True or false.
    public boolean flag(String column) {
        return present(column, read(column, Boolean.class));
    }

    /// A UUID.
    public UUID uuid(String column) {
        return present(column, findUuid(column));
    }

    /// A UUID or null.
    public @Nullable UUID findUuid(String column) {
        return read(column, UUID.class);
    }

    /// A moment.
    public Instant instant(String column) {
        return present(column, findInstant(column));
    }

    /// A moment or null.
    public @Nullable Instant findInstant(String column) {
        OffsetDateTime value = read(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private <T> @Nullable T read(String column, Class<T> type) {
        try {
            return result.getObject(column, type);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static <T> T present(String column, @Nullable T value) {
        return Objects.requireNonNull(value, () -> "column " + column + " is null");
    }
}

package kr.dolbom.caseworker.registry;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Residents by their names: of tens of thousands nothing else is decrypted. All methods work in the
/// caller's transaction. Whoever shows one notes it in the audit log.
public final class ResidentNames {
    private static final String COLUMNS = """
            select r.resident_no, r.resident_id, r.office_no, c.caseworker_id, r.name, r.neighbourhood,
                   r.left_at is not null as has_left
              from resident r left join caseworker c using (caseworker_no)
             where (:office::int is null or r.office_no = :office)
            """;

    private ResidentNames() {}

    /// What lists are searched and sorted by.
    ///
    /// @param number the database's number
    /// @param residentId the public id
    /// @param officeNo the number of their office
    /// @param caseworkerId their own caseworker's public id; null: none
    /// @param name what the robot calls them
    /// @param neighbourhood `대화동`
    /// @param hasLeft whether they are no longer looked after
    public record Named(
            int number,
            UUID residentId,
            int officeNo,
            @Nullable UUID caseworkerId,
            String name,
            String neighbourhood,
            boolean hasLeft) {}

    /// All of an office, in the order in which they were added. Who looks for one compares with
    /// [NamePart].
    ///
    /// @param officeNo null: of all offices
    public static List<Named> list(Connection connection, @Nullable Integer officeNo) {
        return Sql.on(connection, COLUMNS + "order by r.resident_no")
                .with("office", officeNo)
                .list(ResidentNames::read);
    }

    /// Those of these residents who are of an office, by public id.
    ///
    /// @param officeNo null: of all offices
    public static Map<UUID, Named> among(
            Connection connection, @Nullable Integer officeNo, Collection<UUID> residentIds) {
        return Sql.on(connection, COLUMNS + "and r.resident_id = any(:residents)")
                .with("office", officeNo)
                .with("residents", residentIds.stream().distinct().toArray(UUID[]::new))
                .list(ResidentNames::read)
                .stream()
                .collect(Collectors.toMap(Named::residentId, Function.identity()));
    }

    /// Where the residents of an office live, each once, in order.
    public static List<String> neighbourhoods(Connection connection, int officeNo) {
        return Sql.on(connection, """
                        select distinct neighbourhood from resident where office_no = :office
                         order by neighbourhood""").with("office", officeNo).list(row -> row.text("neighbourhood"));
    }

    private static Named read(Row row) {
        return new Named(
                row.number("resident_no"),
                row.uuid("resident_id"),
                row.number("office_no"),
                row.findUuid("caseworker_id"),
                row.secret("name", SecretColumn.RESIDENT_NAME),
                row.text("neighbourhood"),
                row.flag("has_left"));
    }
}

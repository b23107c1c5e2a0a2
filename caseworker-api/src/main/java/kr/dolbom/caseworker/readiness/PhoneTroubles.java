package kr.dolbom.caseworker.readiness;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.database.Sql;

/// Reads the table of what providers said about numbers, whatever the channel; where the schema has
/// none, no number is known to be unusable.
@Singleton
final class PhoneTroubles implements UnusableNumbers {

    @Override
    public Set<String> among(Connection connection, Collection<String> phones) {
        boolean known = Sql.on(connection, "select to_regclass('phone_trouble') is not null as known")
                .get(row -> row.flag("known"));
        if (!known || phones.isEmpty()) {
            return Set.of();
        }
        return Sql.on(connection, """
                        select distinct phone from phone_trouble where phone = any(:phones) and cleared_at is null""")
                .with("phones", phones.toArray(String[]::new))
                .list(row -> row.text("phone"))
                .stream()
                .collect(Collectors.toSet());
    }
}

package kr.dolbom.caseworker.robot;

import java.sql.Connection;
import java.util.Optional;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// What the robot calls a resident: as they wish, or by their name.
public final class SpokenName {
    private SpokenName() {}

    /// In the caller's transaction.
    ///
    /// @param name the name of those who wish for no other
    public static String get(Connection connection, int residentNo, String name) {
        return Sql.on(connection, "select spoken_name from resident where resident_no = :resident")
                .with("resident", residentNo)
                .get(row -> Optional.ofNullable(row.findSecret("spoken_name", SecretColumn.RESIDENT_NAME)))
                .orElse(name);
    }
}

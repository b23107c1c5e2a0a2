package kr.dolbom.risk;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Map;
import kr.dolbom.db.DatabaseConnection;

/// Where the database is; environment variables `DOLBOM_DB_URL`, `DOLBOM_DB_USER`, `DOLBOM_DB_PASSWORD`, all required.
///
/// @param url `jdbc:postgresql://HOST:PORT/DATABASE`
/// @param user who enters it
/// @param password of that user; never printed
@ConfigurationProperties("dolbom.db")
record DatabaseSettings(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "") String user,
        @Bindable(defaultValue = "") String password) {

    /// @throws IllegalArgumentException where one is missing or malformed; the message says which
    DatabaseConnection toConnection() {
        return DatabaseConnection.fromEnvironment(
                Map.of("DOLBOM_DB_URL", url, "DOLBOM_DB_USER", user, "DOLBOM_DB_PASSWORD", password));
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + "]";
    }
}

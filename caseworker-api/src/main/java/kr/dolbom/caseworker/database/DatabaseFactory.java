package kr.dolbom.caseworker.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.Databases;
import kr.dolbom.db.migration.Migrations;

/// Opens the pool once the database is there and has the current schema.
@Factory
final class DatabaseFactory {

    @Bean(preDestroy = "close")
    @Singleton
    HikariDataSource pool(
            DatabaseSettings settings,
            @Property(name = "dolbom.db.url") String url,
            @Property(name = "dolbom.db.user") String user,
            @Property(name = "dolbom.db.password") String password)
            throws InterruptedException {
        var connection = new DatabaseConnection(url, user, password);
        Databases.awaitDatabase(connection, Databases.FOREVER);
        HikariDataSource pool = Databases.pool(connection, "caseworker-api", settings.poolSize());
        Migrations.migrate(pool);
        return pool;
    }

    @Singleton
    Transactions transactions(DataSource dataSource, Secrecy secrecy) {
        return new Transactions(dataSource, secrecy);
    }
}

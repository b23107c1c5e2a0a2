package kr.dolbom.caseworker.database;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How many connections this program may hold. Where the database is say `DOLBOM_DB_URL`, `DOLBOM_DB_USER` and
/// `DOLBOM_DB_PASSWORD`.
///
/// @param poolSize connections at most; one of them listens for notifications
@ConfigurationProperties("dolbom.db")
public record DatabaseSettings(
        @Bindable(defaultValue = "16") int poolSize) {}

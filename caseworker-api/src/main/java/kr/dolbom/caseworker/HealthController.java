package kr.dolbom.caseworker;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Notifications;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this program can do its work now.
@Controller("/health")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);

    private final Transactions transactions;
    private final Notifications notifications;

    HealthController(Transactions transactions, Notifications notifications) {
        this.transactions = transactions;
        this.notifications = notifications;
    }

    /// Health.
    ///
    /// @param status `UP`, or `DOWN` when the database is away
    @Introspected
    record Health(String status) {}

    /// 200 and `UP` when alerts are heard and the database answers; 503 and `DOWN` otherwise.
    @Get
    @SecurityRequirements
    HttpResponse<Health> health() {
        return notifications.isConnected() && isDatabaseThere()
                ? HttpResponse.ok(new Health("UP"))
                : HttpResponse.<Health>status(HttpStatus.SERVICE_UNAVAILABLE).body(new Health("DOWN"));
    }

    private boolean isDatabaseThere() {
        try {
            return transactions.run(
                    connection -> Sql.on(connection, "select 1 as one").get(row -> row.number("one") == 1));
        } catch (DatabaseException e) {
            LOG.warn("The database is away reason=\"{}\"", e.getMessage());
            return false;
        }
    }
}

package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;

/// The service accounts, by which the platform's own programs come to the broker.
@Controller("/api/v1/service-accounts")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ServiceAccountApi {
    private static final String NAME = "3 to 32 of a-z, 0-9 and hyphen, a letter first";
    private static final String FILTERS = "up to 20 topic filters below dolbom/v1/ or dolbom/service/";

    private final Transactions transactions;

    ServiceAccountApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// An account to add.
    ///
    /// @param name its name; the MQTT user name is `service:` and this
    /// @param filters what it may subscribe to, word by word: `dolbom/service/+/weather`
    @Introspected
    public record NewServiceAccount(
            @NotNull(message = NAME) @Pattern(regexp = "[a-z][a-z0-9-]{2,31}", message = NAME) String name,

            @NotNull(message = FILTERS) @Size(max = 20, message = FILTERS) List<String> filters) {}

    /// An account that was added just now.
    ///
    /// @param userName its MQTT user name, with which its client id begins
    /// @param secret its MQTT password, shown this once only
    /// @param topicPrefix with what every topic begins that it may publish to
    @Introspected
    public record AddedServiceAccount(String userName, String secret, String topicPrefix) {}

    /// An account.
    ///
    /// @param name its name
    /// @param filters what it may subscribe to
    /// @param revoked whether it may not connect any more
    @Introspected
    public record ServiceAccount(String name, List<String> filters, boolean revoked) {}

    /// Adds an account and gives its secret, this once only.
    @Post
    HttpResponse<AddedServiceAccount> add(
            @Body @Valid NewServiceAccount account, @Parameter(hidden = true) Viewer viewer) {
        for (String filter : account.filters()) {
            if (!filter.matches("dolbom/(v1|service)/[a-z0-9+#/-]{1,200}")) {
                throw Problem.invalid("filters", filter, FILTERS);
            }
        }
        DeviceSecret secret = DeviceSecret.generate();
        SecretHash hash = secret.hash();
        transactions.run(connection -> {
            int added = Sql.on(connection, """
                            insert into service_account (name, salt, hash, filters)
                            values (:name, :salt, :hash, :filters)
                            on conflict (name) do nothing""")
                    .with("name", account.name())
                    .with("salt", hash.salt())
                    .with("hash", hash.hash())
                    .with("filters", account.filters().toArray(String[]::new))
                    .update();
            if (added == 0) {
                throw Problem.duplicate("name", account.name());
            }
            AuditLog.write(connection, viewer.actor(), "service-added", null, Map.of("service", account.name()));
            Devices.changed(connection, "");
            return added;
        });
        return HttpResponse.created(new AddedServiceAccount(
                "service:" + account.name(), secret.text(), "dolbom/service/" + account.name() + "/"));
    }

    /// All accounts.
    @Get
    List<ServiceAccount> list() {
        return transactions.run(connection -> Sql.on(connection, """
                                select name, array_to_string(filters, ' ') as filters,
                                       revoked_at is not null as revoked
                                  from service_account order by service_no""").list(row -> {
            String filters = row.text("filters");
            return new ServiceAccount(
                    row.text("name"), filters.isEmpty() ? List.of() : List.of(filters.split(" ")), row.flag("revoked"));
        }));
    }

    /// Revokes an account for good; its clients are disconnected within five seconds.
    @Post("/{name}/revocation")
    HttpResponse<Void> revoke(String name, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            int revoked = Sql.on(connection, """
                            update service_account set revoked_at = coalesce(revoked_at, now())
                             where name = :name""").with("name", name).update();
            if (revoked == 0) {
                throw Problem.notFound("service account", name);
            }
            AuditLog.write(connection, viewer.actor(), "service-revoked", null, Map.of("service", name));
            Devices.changed(connection, "");
            return revoked;
        });
        return HttpResponse.noContent();
    }
}

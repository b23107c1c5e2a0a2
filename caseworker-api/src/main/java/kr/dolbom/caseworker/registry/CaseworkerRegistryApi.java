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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The caseworkers, each with the account that they sign in with.
@Controller("/api/v1/caseworkers")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class CaseworkerRegistryApi {
    private static final String COLUMNS = """
            select c.caseworker_id, o.office_id, c.name, c.phone, c.language, c.duty, c.left_at, a.login
              from caseworker c join office o using (office_no) left join account a using (caseworker_no)
            """;

    private final Transactions transactions;
    private final Clock clock;

    CaseworkerRegistryApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A caseworker to add.
    ///
    /// @param officeId where they work
    /// @param name what the robot calls them, without a title
    /// @param phone the number that is called, E.164
    /// @param language `ko` or `en`; Korean when missing
    /// @param login the name to sign in with
    /// @param password the first password
    @Introspected
    public record NewCaseworker(
            @NotNull(message = "the id of an office") UUID officeId,

            @NotBlank(message = "a name of 1 to 40 characters") @Size(max = 40, message = "a name of 1 to 40 characters") String name,

            @NotNull(message = Phones.EXPECTED) @Pattern(regexp = Phones.E164, message = Phones.EXPECTED) String phone,

            @Nullable @Pattern(regexp = "ko|en", message = "ko or en") String language,

            @NotNull(message = "3 to 40 of a-z, 0-9, dot and hyphen") @Pattern(regexp = "[a-z0-9][a-z0-9.-]{2,39}", message = "3 to 40 of a-z, 0-9, dot and hyphen") String login,

            @NotNull(message = "10 to 200 characters") @Size(min = 10, max = 200, message = "10 to 200 characters") String password) {

        /// Without the password.
        @Override
        public String toString() {
            return "NewCaseworker[" + login + "]";
        }
    }

    /// A caseworker.
    ///
    /// @param caseworkerId the public id
    /// @param officeId where they work
    /// @param name without a title
    /// @param phone the number that is called
    /// @param language `ko` or `en`
    /// @param duty `caseworker` or `supervisor`
    /// @param leftAt since when they are no longer here; null while they are
    /// @param login the name they sign in with; null when they cannot
    @Introspected
    public record Caseworker(
            UUID caseworkerId,
            UUID officeId,
            String name,
            String phone,
            String language,
            String duty,
            @Nullable OffsetDateTime leftAt,
            @Nullable String login) {}

    /// What changes of a caseworker; what is missing stays.
    ///
    /// @param phone the number that is called, E.164
    /// @param language `ko` or `en`
    /// @param duty `caseworker` or `supervisor`
    @Introspected
    public record Change(
            @Nullable @Pattern(regexp = Phones.E164, message = Phones.EXPECTED) String phone,

            @Nullable @Pattern(regexp = "ko|en", message = "ko or en") String language,

            @Nullable @Pattern(regexp = "caseworker|supervisor", message = "caseworker or supervisor") String duty) {}

    /// Adds a caseworker and the account.
    @Post
    HttpResponse<Caseworker> add(@Body @Valid NewCaseworker caseworker) {
        Caseworker added = transactions.run(connection -> {
            int number = Sql.on(connection, """
                            insert into caseworker (office_no, name, phone, language)
                            values (:office, :name, :phone, :language) returning caseworker_no""")
                    .with("office", OfficeApi.numberOf(connection, caseworker.officeId()))
                    .with("name", caseworker.name())
                    .with("phone", caseworker.phone())
                    .with("language", caseworker.language() == null ? "ko" : caseworker.language())
                    .get(row -> row.number("caseworker_no"));
            if (!Accounts.add(connection, caseworker.login(), caseworker.password(), Role.CASEWORKER, number)) {
                throw Problem.duplicate("login", caseworker.login());
            }
            return Sql.on(connection, COLUMNS + "where c.caseworker_no = :number")
                    .with("number", number)
                    .get(CaseworkerRegistryApi::read);
        });
        return HttpResponse.created(added, URI.create("/api/v1/caseworkers/" + added.caseworkerId()));
    }

    /// Changes a caseworker.
    @Post("/{caseworkerId}/change")
    Caseworker change(UUID caseworkerId, @Body @Valid Change change, @Parameter(hidden = true) Viewer viewer) {
        return update(
                caseworkerId,
                viewer,
                "caseworker-changed",
                connection -> Sql.on(connection, """
                        update caseworker
                           set phone = coalesce(:phone, phone), language = coalesce(:language, language),
                               duty = coalesce(:duty, duty)
                         where caseworker_id = :caseworker""")
                        .with("phone", change.phone())
                        .with("language", change.language())
                        .with("duty", change.duty())
                        .with("caseworker", caseworkerId)
                        .update());
    }

    /// Notes that a caseworker has left: from now on never called and on no roster, and the account is
    /// gone.
    @Post("/{caseworkerId}/left")
    Caseworker leave(UUID caseworkerId, @Parameter(hidden = true) Viewer viewer) {
        return update(caseworkerId, viewer, "caseworker-left", connection -> {
            Sql.on(connection, """
                            delete from push_subscription where caseworker_no =
                                (select caseworker_no from caseworker where caseworker_id = :caseworker)""").with("caseworker", caseworkerId).update();
            Sql.on(connection, """
                            delete from account where caseworker_no =
                                (select caseworker_no from caseworker where caseworker_id = :caseworker)""").with("caseworker", caseworkerId).update();
            return Sql.on(connection, """
                            update caseworker set left_at = coalesce(left_at, :now) where caseworker_id = :caseworker""")
                    .with("now", clock.instant())
                    .with("caseworker", caseworkerId)
                    .update();
        });
    }

    private Caseworker update(UUID caseworkerId, Viewer viewer, String action, ToIntFunction<Connection> update) {
        return transactions.run(connection -> {
            if (update.applyAsInt(connection) == 0) {
                throw Problem.notFound("caseworker", caseworkerId);
            }
            AuditLog.write(connection, viewer.actor(), action, null, Map.of("caseworker", caseworkerId.toString()));
            return Sql.on(connection, COLUMNS + "where c.caseworker_id = :caseworker")
                    .with("caseworker", caseworkerId)
                    .get(CaseworkerRegistryApi::read);
        });
    }

    /// All caseworkers.
    @Get
    List<Caseworker> list() {
        return transactions.run(connection ->
                Sql.on(connection, COLUMNS + "order by c.caseworker_no").list(CaseworkerRegistryApi::read));
    }

    /// One caseworker.
    @Get("/{caseworkerId}")
    Caseworker get(UUID caseworkerId) {
        return transactions.run(connection -> Sql.on(connection, COLUMNS + "where c.caseworker_id = :caseworker")
                .with("caseworker", caseworkerId)
                .find(CaseworkerRegistryApi::read)
                .orElseThrow(() -> Problem.notFound("caseworker", caseworkerId)));
    }

    private static Caseworker read(Row row) {
        Instant leftAt = row.findInstant("left_at");
        return new Caseworker(
                row.uuid("caseworker_id"),
                row.uuid("office_id"),
                row.text("name"),
                row.text("phone"),
                row.text("language"),
                row.text("duty"),
                leftAt == null ? null : leftAt.atOffset(ZoneOffset.UTC),
                row.findText("login"));
    }

    /// The database's number of a caseworker of this office that a request names.
    public static int numberOf(Connection connection, UUID caseworkerId, int officeNo) {
        return Sql.on(connection, """
                        select caseworker_no from caseworker
                         where caseworker_id = :caseworker and office_no = :office""")
                .with("caseworker", caseworkerId)
                .with("office", officeNo)
                .find(row -> row.number("caseworker_no"))
                .orElseThrow(
                        () -> Problem.invalid("caseworkerId", caseworkerId, "the id of a caseworker of this office"));
    }
}

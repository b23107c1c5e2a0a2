package kr.dolbom.caseworker.registry;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
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
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The caseworkers, each with the account that they sign in with.
@Controller("/api/v1/caseworkers")
@Tag(name = "registry")
@Secured({Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class CaseworkerRegistryApi {
    private static final PageLimit LIMIT = new PageLimit(200, 1000);

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
    HttpResponse<Caseworker> add(@Body @Valid NewCaseworker caseworker, @Parameter(hidden = true) Viewer viewer) {
        String hash = Passwords.hash(caseworker.password());
        Caseworker added = transactions.run(connection -> {
            var entry = new Caseworkers.Entry(
                    caseworker.name(),
                    caseworker.phone(),
                    caseworker.language() == null ? "ko" : caseworker.language(),
                    Role.CASEWORKER);
            Caseworkers.Known known = Caseworkers.add(
                    connection, OfficeApi.numberOf(connection, caseworker.officeId(), viewer), entry, viewer);
            var account =
                    new Accounts.NewAccount(caseworker.login(), Role.CASEWORKER, known.number(), null, null, null);
            if (!Accounts.add(connection, account, hash, true)) {
                throw Problem.duplicate("login", caseworker.login());
            }
            return of(Caseworkers.get(connection, known.caseworkerId(), null));
        });
        return HttpResponse.created(added, URI.create("/api/v1/caseworkers/" + added.caseworkerId()));
    }

    /// Changes a caseworker.
    @Post("/{caseworkerId}/change")
    Caseworker change(UUID caseworkerId, @Body @Valid Change change, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Caseworkers.Known known = Caseworkers.get(connection, caseworkerId, viewer.officeNo());
            Caseworkers.Entry entry = known.entry();
            var wanted = new Caseworkers.Entry(
                    entry.name(),
                    Objects.requireNonNullElse(change.phone(), entry.phone()),
                    Objects.requireNonNullElse(change.language(), entry.language()),
                    Objects.requireNonNullElse(change.duty(), entry.duty()));
            Caseworkers.change(connection, known, wanted, viewer);
            return of(Caseworkers.get(connection, caseworkerId, viewer.officeNo()));
        });
    }

    /// Notes that a caseworker has left: from now on never called and on no roster, and the account is
    /// closed for good.
    @Post("/{caseworkerId}/left")
    Caseworker leave(UUID caseworkerId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Caseworkers.leave(
                    connection, Caseworkers.get(connection, caseworkerId, viewer.officeNo()), clock.instant(), viewer);
            return of(Caseworkers.get(connection, caseworkerId, viewer.officeNo()));
        });
    }

    /// One page of caseworkers.
    ///
    /// @param caseworkers in the order in which they were added
    /// @param after for the next page; null where this was the last
    @Introspected
    public record Page(
            List<Caseworker> caseworkers, @Nullable UUID after) {}

    /// All caseworkers, or those of a supervisor's own office, one page at a time, with those who have
    /// left.
    ///
    /// @param after the member `after` of the last page; missing: the first page
    /// @param limit caseworkers on a page, 1 to 1,000; missing: 200
    @Get
    Page list(
            @QueryValue @Nullable UUID after,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        List<Caseworkers.Known> caseworkers =
                transactions.run(connection -> Caseworkers.list(connection, viewer.officeNo(), after, size));
        return new Page(
                caseworkers.stream().map(CaseworkerRegistryApi::of).toList(),
                caseworkers.size() < size ? null : caseworkers.getLast().caseworkerId());
    }

    /// One caseworker.
    @Get("/{caseworkerId}")
    Caseworker get(UUID caseworkerId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> of(Caseworkers.get(connection, caseworkerId, viewer.officeNo())));
    }

    private static Caseworker of(Caseworkers.Known known) {
        Instant leftAt = known.leftAt();
        Caseworkers.Entry entry = known.entry();
        return new Caseworker(
                known.caseworkerId(),
                known.officeId(),
                entry.name(),
                entry.phone(),
                entry.language(),
                entry.duty(),
                leftAt == null ? null : leftAt.atOffset(ZoneOffset.UTC),
                known.login());
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

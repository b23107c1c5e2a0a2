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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.PageLimit;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The residents. Each answer that shows one is noted in the audit log.
@Controller("/api/v1/residents")
@Tag(name = "registry")
@Secured({Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ResidentApi {
    private static final PageLimit LIMIT = new PageLimit(200, 1000);

    private final Transactions transactions;
    private final InstantSource clock;

    ResidentApi(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A resident to add.
    ///
    /// @param officeId who looks after them
    /// @param caseworkerId their own caseworker, of that office; may be missing
    /// @param name what the robot calls them
    /// @param birthYear the year of birth
    /// @param neighbourhood `대화동`
    /// @param address where help has to go
    /// @param phone their own number, E.164; may be missing
    /// @param language `ko` or `en`; Korean when missing
    /// @param transcriptConsent whether their words may be stored; false when missing
    @Introspected
    public record NewResident(
            @NotNull(message = "the id of an office") UUID officeId,
            @Nullable UUID caseworkerId,

            @NotBlank(message = "a name of 1 to 40 characters") @Size(max = 40, message = "a name of 1 to 40 characters") String name,

            @NotNull(message = "a year from 1900 to 2100") @Min(value = 1900, message = "a year from 1900 to 2100") @Max(value = 2100, message = "a year from 1900 to 2100") Integer birthYear,

            @NotBlank(message = "a name of 1 to 40 characters") @Size(max = 40, message = "a name of 1 to 40 characters") String neighbourhood,

            @NotBlank(message = "an address of 1 to 200 characters") @Size(max = 200, message = "an address of 1 to 200 characters") String address,

            @Nullable @Pattern(regexp = Phones.E164, message = Phones.EXPECTED) String phone,

            @Nullable @Pattern(regexp = "ko|en", message = "ko or en") String language,

            @Nullable Boolean transcriptConsent) {}

    /// A resident.
    ///
    /// @param residentId the public id
    /// @param officeId who looks after them
    /// @param caseworkerId their own caseworker, if any
    /// @param name what the robot calls them
    /// @param birthYear the year of birth
    /// @param neighbourhood in which part of the city
    /// @param address where help has to go
    /// @param phone their own number, if any
    /// @param language `ko` or `en`
    /// @param transcriptConsent whether their words may be stored
    @Introspected
    public record Resident(
            UUID residentId,
            UUID officeId,
            @Nullable UUID caseworkerId,
            String name,
            int birthYear,
            String neighbourhood,
            String address,
            @Nullable String phone,
            String language,
            boolean transcriptConsent) {}

    /// Adds a resident.
    @Post
    HttpResponse<Resident> add(@Body @Valid NewResident resident, @Parameter(hidden = true) Viewer viewer) {
        Resident added = transactions.run(connection -> {
            int officeNo = OfficeApi.numberOf(connection, resident.officeId(), viewer);
            UUID caseworkerId = resident.caseworkerId();
            var entry = new Residents.Entry(
                    caseworkerId == null ? null : CaseworkerRegistryApi.numberOf(connection, caseworkerId, officeNo),
                    resident.name(),
                    resident.birthYear(),
                    resident.neighbourhood(),
                    resident.address(),
                    resident.phone(),
                    resident.language() == null ? "ko" : resident.language());
            UUID residentId = Residents.add(
                    connection, officeNo, entry, Boolean.TRUE.equals(resident.transcriptConsent()), viewer);
            return of(Residents.get(connection, residentId, officeNo));
        });
        return HttpResponse.created(added, URI.create("/api/v1/residents/" + added.residentId()));
    }

    /// What a resident has decided about their words.
    ///
    /// @param transcriptConsent whether they may be stored
    @Introspected
    public record Consent(
            @NotNull(message = "true or false") Boolean transcriptConsent) {}

    /// Notes a resident's consent; it holds within five seconds for what their devices send.
    @Post("/{residentId}/consent")
    Resident consent(UUID residentId, @Body @Valid Consent consent, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Residents.Known resident = Residents.get(connection, residentId, viewer.officeNo());
            Consents.transcripts(
                    connection, resident.number(), consent.transcriptConsent(), null, viewer, clock.instant());
            return of(Residents.get(connection, residentId, viewer.officeNo()));
        });
    }

    /// One page of residents.
    ///
    /// @param residents in the order in which they were added
    /// @param after for the next page; null where this was the last
    @Introspected
    public record Page(List<Resident> residents, @Nullable UUID after) {}

    /// All residents, or those of a supervisor's own office, one page at a time, with those who are no
    /// longer looked after.
    ///
    /// @param after the member `after` of the last page; missing: the first page
    /// @param limit residents on a page, 1 to 1,000; missing: 200
    @Get
    Page list(
            @QueryValue @Nullable UUID after,
            @QueryValue @Nullable Integer limit,
            @Parameter(hidden = true) Viewer viewer) {
        int size = LIMIT.of(limit);
        return transactions.run(connection -> {
            List<Residents.Known> residents = Residents.list(connection, viewer.officeNo(), after, size);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "resident-listed",
                    residents.stream().map(Residents.Known::number).toList());
            return new Page(
                    residents.stream().map(ResidentApi::of).toList(),
                    residents.size() < size ? null : residents.getLast().residentId());
        });
    }

    /// One resident.
    @Get("/{residentId}")
    Resident get(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Residents.Known resident = Residents.get(connection, residentId, viewer.officeNo());
            AuditLog.write(connection, viewer.actor(), "resident-read", resident.number());
            return of(resident);
        });
    }

    private static Resident of(Residents.Known resident) {
        Residents.Entry entry = resident.entry();
        return new Resident(
                resident.residentId(),
                resident.officeId(),
                resident.caseworkerId(),
                entry.name(),
                entry.birthYear(),
                entry.neighbourhood(),
                entry.address(),
                entry.phone(),
                entry.language(),
                resident.transcriptConsent());
    }

    /// The database's number of a resident that a request names.
    static int numberOf(Connection connection, UUID residentId) {
        return Sql.on(connection, "select resident_no from resident where resident_id = :resident")
                .with("resident", residentId)
                .find(row -> row.number("resident_no"))
                .orElseThrow(() -> Problem.invalid("residentId", residentId, "the id of a resident"));
    }
}

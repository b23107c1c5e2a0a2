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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The residents. Each answer that shows one is noted in the audit log.
@Controller("/api/v1/residents")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class ResidentApi {
    private static final String COLUMNS = """
            select r.resident_no, r.resident_id, o.office_id, c.caseworker_id, r.name, r.birth_year, r.neighbourhood,
                   r.address, r.phone, r.language, r.transcript_consent
              from resident r join office o using (office_no) left join caseworker c using (caseworker_no)
            """;

    private final Transactions transactions;

    ResidentApi(Transactions transactions) {
        this.transactions = transactions;
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

    private record Numbered(int number, Resident resident) {}

    /// Adds a resident.
    @Post
    HttpResponse<Resident> add(@Body @Valid NewResident resident, @Parameter(hidden = true) Viewer viewer) {
        Resident added = transactions.run(connection -> {
            int officeNo = OfficeApi.numberOf(connection, resident.officeId());
            UUID caseworkerId = resident.caseworkerId();
            int number = Sql.on(connection, """
                            insert into resident (office_no, caseworker_no, name, birth_year, neighbourhood, address,
                                                  phone, language, transcript_consent)
                            values (:office, :caseworker, :name, :birthYear, :neighbourhood, :address,
                                    :phone, :language, :consent)
                            returning resident_no""")
                    .with("office", officeNo)
                    .with(
                            "caseworker",
                            caseworkerId == null
                                    ? null
                                    : CaseworkerRegistryApi.numberOf(connection, caseworkerId, officeNo))
                    .with("name", resident.name())
                    .with("birthYear", resident.birthYear())
                    .with("neighbourhood", resident.neighbourhood())
                    .with("address", resident.address())
                    .with("phone", resident.phone())
                    .with("language", resident.language() == null ? "ko" : resident.language())
                    .with("consent", Boolean.TRUE.equals(resident.transcriptConsent()))
                    .get(row -> row.number("resident_no"));
            AuditLog.write(connection, viewer.actor(), "resident-added", number);
            return Sql.on(connection, COLUMNS + "where r.resident_no = :number")
                    .with("number", number)
                    .get(ResidentApi::read)
                    .resident();
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
            Numbered resident = Sql.on(connection, COLUMNS + "where r.resident_id = :resident")
                    .with("resident", residentId)
                    .find(ResidentApi::read)
                    .orElseThrow(() -> Problem.notFound("resident", residentId));
            Sql.on(connection, "update resident set transcript_consent = :consent where resident_no = :number")
                    .with("consent", consent.transcriptConsent())
                    .with("number", resident.number())
                    .update();
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "consent-changed",
                    resident.number(),
                    Map.of("transcriptConsent", consent.transcriptConsent().toString()));
            Sql.on(connection, "select device_id from device where resident_no = :number")
                    .with("number", resident.number())
                    .list(row -> row.text("device_id"))
                    .forEach(device -> Devices.changed(connection, device));
            return Sql.on(connection, COLUMNS + "where r.resident_no = :number")
                    .with("number", resident.number())
                    .get(ResidentApi::read)
                    .resident();
        });
    }

    /// All residents.
    @Get
    List<Resident> list(@Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            List<Numbered> residents =
                    Sql.on(connection, COLUMNS + "order by r.resident_no").list(ResidentApi::read);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "resident-listed",
                    residents.stream().map(Numbered::number).toList());
            return residents.stream().map(Numbered::resident).toList();
        });
    }

    /// One resident.
    @Get("/{residentId}")
    Resident get(UUID residentId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Numbered resident = Sql.on(connection, COLUMNS + "where r.resident_id = :resident")
                    .with("resident", residentId)
                    .find(ResidentApi::read)
                    .orElseThrow(() -> Problem.notFound("resident", residentId));
            AuditLog.write(connection, viewer.actor(), "resident-read", resident.number());
            return resident.resident();
        });
    }

    private static Numbered read(Row row) {
        return new Numbered(
                row.number("resident_no"),
                new Resident(
                        row.uuid("resident_id"),
                        row.uuid("office_id"),
                        row.findUuid("caseworker_id"),
                        row.text("name"),
                        row.number("birth_year"),
                        row.text("neighbourhood"),
                        row.text("address"),
                        row.findText("phone"),
                        row.text("language"),
                        row.flag("transcript_consent")));
    }

    /// The database's number of a resident that a request names.
    static int numberOf(Connection connection, UUID residentId) {
        return Sql.on(connection, "select resident_no from resident where resident_id = :resident")
                .with("resident", residentId)
                .find(row -> row.number("resident_no"))
                .orElseThrow(() -> Problem.invalid("residentId", residentId, "the id of a resident"));
    }
}

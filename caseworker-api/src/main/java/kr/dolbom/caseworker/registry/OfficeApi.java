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
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The offices: city departments that look after residents.
@Controller("/api/v1/offices")
@Tag(name = "registry")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class OfficeApi {
    private static final String SECONDS = "seconds from 10 to 600";

    private final Transactions transactions;

    OfficeApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// An office to add.
    ///
    /// @param nameKo said first in every call, `고양시청 노인복지과`
    /// @param nameEn the same in English
    /// @param shortName opens every text message, `고양시 노인복지과`
    @Introspected
    public record NewOffice(
            @NotBlank(message = "a name of 1 to 60 characters") @Size(max = 60, message = "a name of 1 to 60 characters") String nameKo,

            @NotBlank(message = "a name of 1 to 80 characters") @Size(max = 80, message = "a name of 1 to 80 characters") String nameEn,

            @NotBlank(message = "a name of 1 to 20 characters") @Size(max = 20, message = "a name of 1 to 20 characters") String shortName) {}

    /// An office.
    ///
    /// @param officeId its public id
    /// @param nameKo its name in calls
    /// @param nameEn its name in English
    /// @param shortName its name in text messages
    /// @param alimTalkWaitSeconds how long an AlimTalk message may take until a text goes out in its
    ///     place; null: as the program's settings say
    @Introspected
    public record Office(
            UUID officeId,
            String nameKo,
            String nameEn,
            String shortName,
            @Nullable Integer alimTalkWaitSeconds) {}

    /// What changes of an office; what is missing stays.
    ///
    /// @param alimTalkWaitSeconds how long an AlimTalk message may take until a text goes out in its place
    @Introspected
    public record Change(
            @Nullable @Min(value = 10, message = SECONDS) @Max(value = 600, message = SECONDS) Integer alimTalkWaitSeconds) {}

    /// Adds an office.
    @Post
    HttpResponse<Office> add(@Body @Valid NewOffice office, @Parameter(hidden = true) Viewer viewer) {
        Office added = transactions.run(connection -> {
            var entry = new Offices.Entry(office.nameKo(), office.nameEn(), office.shortName(), null);
            return of(Offices.get(connection, Offices.add(connection, entry, viewer)));
        });
        return HttpResponse.created(added, URI.create("/api/v1/offices/" + added.officeId()));
    }

    /// All offices, or a supervisor's own.
    @Get
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    List<Office> list(@Parameter(hidden = true) Viewer viewer) {
        Integer own = viewer.officeNo();
        return transactions.run(connection -> Offices.list(connection).stream()
                .filter(office -> own == null || own == office.number())
                .map(OfficeApi::of)
                .toList());
    }

    /// One office.
    @Get("/{officeId}")
    @Secured({Role.SUPERVISOR, Role.OPERATOR})
    Office get(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> of(Offices.get(connection, officeId, viewer.officeNo())));
    }

    /// Changes an office.
    @Post("/{officeId}/change")
    Office change(UUID officeId, @Body @Valid Change change, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Offices.Entry before = Offices.get(connection, officeId).entry();
            Integer wait = change.alimTalkWaitSeconds();
            var entry = new Offices.Entry(
                    before.nameKo(),
                    before.nameEn(),
                    before.shortName(),
                    wait == null ? before.alimTalkWaitSeconds() : wait);
            Offices.change(connection, officeId, entry, viewer);
            return of(Offices.get(connection, officeId));
        });
    }

    private static Office of(Offices.Known office) {
        Offices.Entry entry = office.entry();
        return new Office(
                office.officeId(), entry.nameKo(), entry.nameEn(), entry.shortName(), entry.alimTalkWaitSeconds());
    }

    /// The database's number of an office of the viewer's that a request names.
    static int numberOf(Connection connection, UUID officeId, Viewer viewer) {
        int number = numberOf(connection, officeId);
        Integer own = viewer.officeNo();
        if (own != null && own != number) {
            throw Problem.invalid("officeId", officeId, "the id of an office");
        }
        return number;
    }

    /// The database's number of an office that a request names.
    public static int numberOf(Connection connection, UUID officeId) {
        return Sql.on(connection, "select office_no from office where office_id = :office")
                .with("office", officeId)
                .find(row -> row.number("office_no"))
                .orElseThrow(() -> Problem.invalid("officeId", officeId, "the id of an office"));
    }
}

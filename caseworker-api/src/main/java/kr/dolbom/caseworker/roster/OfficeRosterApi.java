package kr.dolbom.caseworker.roster;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.OfficeApi;
import org.jspecify.annotations.Nullable;

/// How an office's roster works beyond its shifts: its night centre, and test rings. Kept by operators.
@Controller("/api/v1/offices/{officeId}/roster-settings")
@Tag(name = "rosters")
@Secured(Role.OPERATOR)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class OfficeRosterApi {
    private static final String MINUTES = "minutes from 15 to 720, or null";

    private final Transactions transactions;

    OfficeRosterApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// How it works.
    ///
    /// @param nightCentre who answers by night; null: nobody else
    /// @param testRingMinutes how long before a shift its people's phones are rung for a test; null:
    ///     never
    @Introspected
    public record Settings(
            @Nullable @Valid NightCentre nightCentre,

            @Nullable @Min(value = 15, message = MINUTES) @Max(value = 720, message = MINUTES) Integer testRingMinutes) {}

    /// A night centre and its hours, in the covered office's time.
    ///
    /// @param officeId the office that answers
    /// @param from from this time of day on
    /// @param to until this one; when it is not after `from`, on the next day
    /// @param onDaysOff and all day on Saturdays, Sundays and holidays
    @Introspected
    public record NightCentre(
            @NotNull(message = "the id of another office") UUID officeId,
            @NotNull(message = "a time such as 18:00") LocalTime from,
            @NotNull(message = "a time such as 09:00") LocalTime to,
            boolean onDaysOff) {}

    /// Sets it.
    @Put
    Settings set(UUID officeId, @Body @Valid Settings settings, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, officeId);
            NightCentre centre = settings.nightCentre();
            Integer centreNo = centre == null ? null : Integer.valueOf(centreOf(connection, office, centre));
            Sql.on(connection, """
                            insert into office_roster (office_no, night_centre_no, night_from, night_to, night_days_off,
                                                       test_ring_minutes)
                            values (:office, :centre, :from, :to, :daysOff, :minutes)
                            on conflict (office_no) do update
                               set night_centre_no = excluded.night_centre_no, night_from = excluded.night_from,
                                   night_to = excluded.night_to, night_days_off = excluded.night_days_off,
                                   test_ring_minutes = excluded.test_ring_minutes""")
                    .with("office", office)
                    .with("centre", centreNo)
                    .with("from", centre == null ? null : centre.from())
                    .with("to", centre == null ? null : centre.to())
                    .with("daysOff", centre != null && centre.onDaysOff())
                    .with("minutes", settings.testRingMinutes())
                    .update();
            AuditLog.write(
                    connection, viewer.actor(), "roster-settings-changed", null, Map.of("office", officeId.toString()));
            return settings;
        });
    }

    /// As it is.
    @Get
    Settings get(UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> Sql.on(connection, """
                        select r.test_ring_minutes, c.office_id, r.night_from::text as night_from,
                               r.night_to::text as night_to, r.night_days_off
                          from office_roster r left join office c on c.office_no = r.night_centre_no
                         where r.office_no = :office""")
                .with("office", RosterAccess.see(connection, viewer, officeId))
                .find(row -> {
                    UUID centre = row.findUuid("office_id");
                    return new Settings(
                            centre == null
                                    ? null
                                    : new NightCentre(
                                            centre,
                                            LocalTime.parse(row.text("night_from")),
                                            LocalTime.parse(row.text("night_to")),
                                            row.flag("night_days_off")),
                            row.findNumber("test_ring_minutes"));
                })
                .orElseGet(() -> new Settings(null, null)));
    }

    private static int centreOf(Connection connection, int office, NightCentre centre) {
        int centreNo = OfficeApi.numberOf(connection, centre.officeId());
        if (centreNo == office) {
            throw Problem.invalid("nightCentre.officeId", centre.officeId(), "another office than this one");
        }
        if (centre.from().equals(centre.to())) {
            throw Problem.invalid("nightCentre.to", centre.to(), "another time of day than from");
        }
        boolean chain = Sql.on(connection, """
                        select from office_roster
                         where (office_no = :centre and night_centre_no is not null) or night_centre_no = :office""")
                        .with("centre", centreNo)
                        .with("office", office)
                        .list(row -> row)
                        .size()
                > 0;
        if (chain) {
            throw Problem.conflict(
                    "A night centre is covered by nobody else, and an office that is one gets none. Nothing was saved.");
        }
        return centreNo;
    }
}

package kr.dolbom.caseworker.operations;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
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
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.words.Words;

/// Drills: alerts that are exercises. Everybody who is told of one, and the robot, says that it is one.
@Controller("/api/v1/drills")
@Tag(name = "operations")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class DrillApi {
    /// No detector's: a drill that is open keeps no real alert from being raised.
    private static final String FAMILY = "drill";

    private final Transactions transactions;
    private final Clock clock;

    DrillApi(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A drill to begin now.
    ///
    /// @param residentId whose alert is played
    /// @param tier how urgent it plays to be
    /// @param reason why there is a drill, for the audit log
    @Introspected
    public record NewDrill(
            @NotNull(message = "the id of a resident") UUID residentId,

            @NotNull(message = "critical, urgent, check-in or review") String tier,

            @NotBlank(message = "1 to 200 characters") @Size(max = 200, message = "1 to 200 characters") String reason) {}

    /// A drill that has begun.
    ///
    /// @param alertId the public id of its alert, to be followed as any other
    @Introspected
    public record Drill(UUID alertId) {}

    /// Raises the alert of a drill. Refused with 409 while the resident has one that is open, and with 403 to
    /// caseworkers who are no supervisors.
    @Post
    HttpResponse<Drill> begin(@Body @Valid NewDrill drill, @Parameter(hidden = true) Viewer viewer) {
        Tier tier = Tier.find(drill.tier())
                .orElseThrow(() -> Problem.invalid("tier", drill.tier(), "critical, urgent, check-in or review"));
        Instant now = clock.instant();
        Drill begun = transactions.run(connection -> {
            Home home = getHome(connection, drill.residentId(), viewer);
            List<UUID> alerts = Sql.on(connection, """
                            insert into alert (resident_no, family, tier, reason_ko, reason_en, moment, raised_at, drill)
                            values (:resident, :family, :tier, :ko, :en, :now, :now, true)
                            on conflict (resident_no, family) where state <> 'resolved' do nothing
                            returning alert_id""")
                    .with("resident", home.residentNo())
                    .with("family", FAMILY)
                    .with("tier", tier.word())
                    .with("ko", Words.KO.text("drill.reason"))
                    .with("en", Words.EN.text("drill.reason"))
                    .with("now", now)
                    .list(row -> row.uuid("alert_id"));
            if (alerts.isEmpty()) {
                throw Problem.conflict(
                        "A drill with resident %s is open already; resolve it first.".formatted(drill.residentId()));
            }
            UUID alert = alerts.getFirst();
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "drill-begun",
                    home.residentNo(),
                    Map.of("alert", alert.toString(), "reason", drill.reason().strip()));
            AlertStore.tellAll(connection, alert);
            return new Drill(alert);
        });
        return HttpResponse.created(begun);
    }

    private record Home(int residentNo, int officeNo) {}

    private static Home getHome(Connection connection, UUID residentId, Viewer viewer) {
        Integer own = viewer.officeNo();
        Home home = Sql.on(connection, "select resident_no, office_no from resident where resident_id = :id")
                .with("id", residentId)
                .find(row -> new Home(row.number("resident_no"), row.number("office_no")))
                .filter(one -> own == null || Objects.equals(own, one.officeNo()))
                .orElseThrow(() -> Problem.notFound("resident", residentId));
        if (!RosterAccess.supervises(connection, viewer, home.officeNo())) {
            throw Problem.forbidden(
                    "Only a supervisor of the office or an operator may begin a drill; ask one of them.");
        }
        return home;
    }
}

package kr.dolbom.caseworker.roster.plan;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.CaseworkerRegistryApi;
import kr.dolbom.caseworker.roster.RosterAccess;

/// The teams of an office: who shares which shifts.
@Controller("/api/v1/teams")
@Tag(name = "rosters")
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class TeamApi {
    private static final String NAME = "a name of 1 to 40 characters";

    private final Transactions transactions;

    TeamApi(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A team to add.
    ///
    /// @param officeId of which office
    /// @param name such as `Night team`
    /// @param caseworkerIds its people, of that office
    @Introspected
    public record NewTeam(
            @NotNull(message = "the id of an office") UUID officeId,

            @NotBlank(message = NAME) @Size(max = 40, message = NAME) String name,

            @NotNull(message = "a list of ids of caseworkers") List<UUID> caseworkerIds) {}

    /// Who is in a team.
    ///
    /// @param caseworkerIds its people, of its office
    @Introspected
    public record Members(
            @NotNull(message = "a list of ids of caseworkers") List<UUID> caseworkerIds) {}

    /// A team.
    ///
    /// @param teamId the public id
    /// @param name its name
    /// @param caseworkerIds its people, without those who have left
    @Introspected
    public record Team(UUID teamId, String name, List<UUID> caseworkerIds) {}

    /// Adds a team.
    @Post
    HttpResponse<Team> add(@Body @Valid NewTeam team, @Parameter(hidden = true) Viewer viewer) {
        Team added = transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, team.officeId());
            Located located = Sql.on(connection, """
                            insert into team (office_no, name) values (:office, :name)
                            on conflict (office_no, name) do nothing returning team_no, team_id""")
                    .with("office", office)
                    .with("name", team.name().strip())
                    .find(row -> new Located(row.number("team_no"), row.uuid("team_id"), office))
                    .orElseThrow(() -> Problem.duplicate("name", team.name().strip()));
            fill(connection, located, team.caseworkerIds());
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "team-added",
                    null,
                    Map.of("team", located.teamId().toString()));
            return get(connection, located);
        });
        return HttpResponse.created(added);
    }

    /// Says anew who is in a team.
    @Put("/{teamId}/members")
    Team set(UUID teamId, @Body @Valid Members members, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            Located team = locate(connection, teamId);
            RosterAccess.check(connection, viewer, team.officeNo(), "team", teamId);
            Sql.on(connection, "delete from team_member where team_no = :team")
                    .with("team", team.teamNo())
                    .update();
            fill(connection, team, members.caseworkerIds());
            AuditLog.write(connection, viewer.actor(), "team-changed", null, Map.of("team", teamId.toString()));
            return get(connection, team);
        });
    }

    /// Removes a team that no pattern needs.
    @Delete("/{teamId}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID teamId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            Located team = locate(connection, teamId);
            RosterAccess.check(connection, viewer, team.officeNo(), "team", teamId);
            Sql.on(connection, "select name from shift_pattern where team_no = :team order by pattern_no limit 1")
                    .with("team", team.teamNo())
                    .find(row -> row.text("name"))
                    .ifPresent(pattern -> {
                        throw Problem.conflict("The pattern '%s' needs this team; remove it first.".formatted(pattern));
                    });
            Sql.on(connection, "delete from team where team_no = :team")
                    .with("team", team.teamNo())
                    .update();
            AuditLog.write(connection, viewer.actor(), "team-removed", null, Map.of("team", teamId.toString()));
            return teamId;
        });
    }

    /// An office's teams.
    @Get
    List<Team> list(@QueryValue UUID officeId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> list(connection, RosterAccess.see(connection, viewer, officeId)));
    }

    /// The same in the caller's transaction.
    public static List<Team> list(Connection connection, int officeNo) {
        return Sql.on(connection, "select team_no, team_id from team where office_no = :office order by team_no")
                .with("office", officeNo)
                .list(row -> new Located(row.number("team_no"), row.uuid("team_id"), officeNo))
                .stream()
                .map(team -> get(connection, team))
                .toList();
    }

    private record Located(int teamNo, UUID teamId, int officeNo) {}

    private static Located locate(Connection connection, UUID teamId) {
        return Sql.on(connection, "select team_no, office_no from team where team_id = :team")
                .with("team", teamId)
                .find(row -> new Located(row.number("team_no"), teamId, row.number("office_no")))
                .orElseThrow(() -> Problem.notFound("team", teamId));
    }

    /// The number of a team of this office that a request names.
    static int numberOf(Connection connection, UUID teamId, int officeNo) {
        return Sql.on(connection, "select team_no from team where team_id = :team and office_no = :office")
                .with("team", teamId)
                .with("office", officeNo)
                .find(row -> row.number("team_no"))
                .orElseThrow(() -> Problem.invalid("teamId", teamId, "the id of a team of this office"));
    }

    private static void fill(Connection connection, Located team, List<UUID> caseworkers) {
        caseworkers.forEach(caseworker -> Sql.on(connection, """
                        insert into team_member (team_no, caseworker_no) values (:team, :caseworker)
                        on conflict do nothing""")
                .with("team", team.teamNo())
                .with("caseworker", CaseworkerRegistryApi.numberOf(connection, caseworker, team.officeNo()))
                .update());
    }

    private static Team get(Connection connection, Located team) {
        List<UUID> people = Sql.on(connection, """
                        select c.caseworker_id from team_member join caseworker c using (caseworker_no)
                         where team_no = :team and c.left_at is null order by c.caseworker_no""").with("team", team.teamNo()).list(row -> row.uuid("caseworker_id"));
        String name = Sql.on(connection, "select name from team where team_no = :team")
                .with("team", team.teamNo())
                .get(row -> row.text("name"));
        return new Team(team.teamId(), name, people);
    }
}

package kr.dolbom.caseworker.roster.plan;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.trail.Downloads;
import kr.dolbom.caseworker.words.Words;

/// A month's duties as files to carry off, each noted in the audit log. Safe for use by many threads.
@Singleton
public final class RosterFiles {
    private final Transactions transactions;
    private final Clock clock;

    RosterFiles(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The month for a spreadsheet.
    ///
    /// @param reason what it is for, as [Downloads#reason(String)] gives it
    public HttpResponse<String> csv(Viewer viewer, UUID officeId, YearMonth month, Words words, String reason) {
        return file(carryOff(viewer, officeId, month, "csv", reason).csv(words), "text/csv", "csv", month);
    }

    /// The month for a calendar.
    ///
    /// @param reason what it is for, as [Downloads#reason(String)] gives it
    public HttpResponse<String> calendar(Viewer viewer, UUID officeId, YearMonth month, Words words, String reason) {
        String calendar = carryOff(viewer, officeId, month, "ics", reason).calendar(words, clock.instant());
        return file(calendar, "text/calendar", "ics", month);
    }

    private static HttpResponse<String> file(String text, String type, String ending, YearMonth month) {
        return HttpResponse.ok(text)
                .contentType(MediaType.of(type + ";charset=utf-8"))
                .header("Content-Disposition", "attachment; filename=\"roster-%s.%s\"".formatted(month, ending));
    }

    /// The month to be read on the spot.
    RosterSheet load(Viewer viewer, UUID officeId, YearMonth month) {
        return transactions.run(connection -> load(connection, viewer, officeId, month));
    }

    private RosterSheet carryOff(Viewer viewer, UUID officeId, YearMonth month, String format, String reason) {
        return transactions.run(connection -> {
            RosterSheet sheet = load(connection, viewer, officeId, month);
            Downloads.note(
                    connection,
                    viewer.actor(),
                    "roster-exported",
                    reason,
                    Map.of("office", officeId.toString(), "month", month.toString(), "as", format));
            return sheet;
        });
    }

    private static RosterSheet load(Connection connection, Viewer viewer, UUID officeId, YearMonth month) {
        int office = RosterAccess.see(connection, viewer, officeId);
        ZoneId zone = Rosters.zoneOf(connection, office);
        Roster roster = Rosters.load(connection, office, RosterSheet.window(month, zone));
        String name = Sql.on(connection, "select short_name from office where office_no = :office")
                .with("office", office)
                .get(row -> row.text("short_name"));
        return new RosterSheet(name, zone, month, roster);
    }
}

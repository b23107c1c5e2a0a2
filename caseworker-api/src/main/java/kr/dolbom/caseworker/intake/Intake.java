package kr.dolbom.caseworker.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.intake.Plan.Action;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Offices;
import org.jspecify.annotations.Nullable;

/// Takes files in. Nothing of one is in the registry until somebody confirms it; then all of it is, or nothing.
/// Safe for use by many threads and instances.
@Singleton
public final class Intake {
    private final Transactions transactions;
    private final Clock clock;

    Intake(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A file that somebody has brought.
    ///
    /// @param importId its public id
    /// @param office into which office
    /// @param kind what it is about
    /// @param uploadedBy who brought it
    /// @param uploadedAt when
    /// @param done what came of it; null: not confirmed yet
    public record Import(
            UUID importId,
            Offices.Known office,
            Kind kind,
            String uploadedBy,
            Instant uploadedAt,
            @Nullable Done done) {}

    /// What came of a file.
    ///
    /// @param by who confirmed it
    /// @param at when
    /// @param reason why
    /// @param added how many rows were new
    /// @param changed how many changed somebody
    /// @param unchanged how many did neither
    public record Done(String by, Instant at, String reason, int added, int changed, int unchanged) {}

    /// A file and what would become of it.
    ///
    /// @param file the file
    /// @param plan null: it was confirmed or thrown away
    public record Preview(Import file, @Nullable Plan plan) {}

    /// How a confirmation ended.
    public enum Verdict {
        /// All of it is in the registry.
        DONE,
        /// It was before.
        DONE_BEFORE,
        /// The registry has changed since the preview: look at it again.
        CHANGED
    }

    /// Keeps a file for a day.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it is no text
    public UUID bring(Offices.Known office, Kind kind, byte[] file, Viewer viewer) {
        String text =
                Sheet.decode(file).orElseThrow(() -> Problem.invalid("file", null, "a CSV file in UTF-8 or EUC-KR"));
        Instant now = clock.instant();
        return transactions.run(connection -> StagedFiles.add(connection, office.number(), kind, text, viewer, now));
    }

    /// A file and what would become of it now.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is no such file in an office of
    ///     the viewer's
    public Preview look(UUID importId, Viewer viewer) {
        return transactions.run(connection -> {
            StagedFiles.Staged staged = StagedFiles.get(connection, importId, viewer.officeNo(), false);
            String text = staged.content();
            if (text == null) {
                return new Preview(staged.file(), null);
            }
            Plan plan = plan(connection, staged.file(), text, viewer);
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "import-previewed",
                    plan.steps().stream()
                            .map(Plan.Step::residentNo)
                            .filter(Objects::nonNull)
                            .toList());
            return new Preview(staged.file(), plan);
        });
    }

    /// Does what the preview has shown.
    ///
    /// @param shown the preview's hash, as [#hash] gave it to the page
    /// @param reason why, for the audit log
    public Verdict confirm(UUID importId, String shown, String reason, Viewer viewer) {
        Instant now = clock.instant();
        return transactions.run(connection -> {
            StagedFiles.Staged staged = StagedFiles.get(connection, importId, viewer.officeNo(), true);
            Import file = staged.file();
            String text = staged.content();
            if (file.done() != null) {
                return Verdict.DONE_BEFORE;
            }
            if (text == null) {
                throw Problem.conflict("The file was thrown away. Bring it again.");
            }
            // One file of an office at a time.
            Sql.on(connection, "select office_no from office where office_no = :office for no key update")
                    .with("office", file.office().number())
                    .list(row -> row.number("office_no"));
            Plan plan = plan(connection, file, text, viewer);
            if (!hash(plan).equals(shown)) {
                return Verdict.CHANGED;
            }
            if (!plan.isGood()) {
                throw Problem.conflict("The file has rows that are not as expected; nothing was imported.");
            }
            List<Integer> residents = new ArrayList<>();
            for (Plan.Step step : plan.steps()) {
                Integer resident =
                        step.action() == Action.SAME ? null : step.work().run(connection);
                if (resident != null) {
                    residents.add(resident);
                }
            }
            AuditLog.write(connection, viewer.actor(), file.kind().word() + "-imported", residents);
            StagedFiles.done(connection, importId, plan, reason, viewer, now);
            note(connection, viewer, file, plan, reason);
            return Verdict.DONE;
        });
    }

    /// Throws a file away that was not confirmed.
    public void discard(UUID importId, Viewer viewer) {
        transactions.run(connection -> {
            StagedFiles.get(connection, importId, viewer.officeNo(), true);
            return StagedFiles.empty(connection, importId);
        });
    }

    /// What was imported into an office, newest first.
    public List<Import> listDone(Connection connection, Offices.Known office) {
        return StagedFiles.listDone(connection, office);
    }

    /// By which a page names the preview that it shows.
    public static String hash(Plan plan) {
        return HexFormat.of().formatHex(plan.hash());
    }

    private Plan plan(Connection connection, Import file, String text, Viewer viewer) {
        Kind kind = file.kind();
        int officeNo = file.office().number();
        Sheet sheet = Sheet.read(text, kind);
        if (!sheet.faults().isEmpty()) {
            return new Plan(
                    kind,
                    0,
                    List.of(),
                    sheet.faults().stream()
                            .map(fault -> new Plan.BadRow(0, fault))
                            .toList());
        }
        Instant now = clock.instant();
        int thisYear = now.atZone(clock.getZone()).getYear();
        return switch (kind) {
            case RESIDENTS -> ResidentFile.plan(connection, officeNo, sheet.rows(), thisYear, now, viewer);
            case GUARDIANS -> GuardianFile.plan(connection, officeNo, sheet.rows(), thisYear, now, viewer);
            case CASEWORKERS -> CaseworkerFile.plan(connection, officeNo, sheet.rows(), viewer);
            case DEVICES -> DeviceFile.plan(connection, officeNo, sheet.rows(), thisYear, now, viewer);
        };
    }

    private static void note(Connection connection, Viewer viewer, Import file, Plan plan, String reason) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("import", file.importId().toString());
        detail.put("kind", file.kind().word());
        detail.put("office", file.office().officeId().toString());
        for (Action action : Action.values()) {
            detail.put(action.name().toLowerCase(Locale.ROOT), Integer.toString(plan.count(action)));
        }
        detail.put("reason", reason);
        AuditLog.write(connection, viewer.actor(), "import-confirmed", null, detail);
    }
}

package kr.dolbom.caseworker.registry;

import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Notes what residents and guardians agree to or take back, for REST and pages alike: how it stands now, when it was
/// changed and why, and in the audit log. All in the caller's transaction, who has looked whether the viewer may.
public final class Consents {
    private Consents() {}

    /// Whether words of the resident may be stored; it holds within five seconds for what their devices send.
    ///
    /// @param note why, or how they said so; null: not told
    public static void transcripts(
            Connection connection, int residentNo, boolean given, @Nullable String note, Viewer viewer, Instant now) {
        Sql.on(connection, "update resident set transcript_consent = :consent where resident_no = :number")
                .with("consent", given)
                .with("number", residentNo)
                .update();
        Sql.on(connection, "select device_id from device where resident_no = :number")
                .with("number", residentNo)
                .list(row -> row.text("device_id"))
                .forEach(device -> Devices.changed(connection, device));
        AuditLog.write(
                connection,
                viewer.actor(),
                "consent-changed",
                residentNo,
                Map.of("transcriptConsent", Boolean.toString(given)));
        remember(connection, new Change(residentNo, "transcript", null, given, note), viewer, now);
    }

    /// Whether the resident may be asked by phone how they are.
    ///
    /// @param note why, or how they said so; null: not told
    public static void checkInCalls(
            Connection connection, int residentNo, boolean given, @Nullable String note, Viewer viewer, Instant now) {
        Sql.on(connection, "update resident set check_in_call_consent = :consents where resident_no = :resident")
                .with("consents", given)
                .with("resident", residentNo)
                .update();
        AuditLog.write(
                connection,
                viewer.actor(),
                "check-in-call-consent-changed",
                residentNo,
                Map.of("consents", Boolean.toString(given)));
        remember(connection, new Change(residentNo, "check-in-call", null, given, note), viewer, now);
    }

    /// Whether a guardian may be called; does nothing where it stands so already.
    ///
    /// @param note why, or how they said so; null: not told
    /// @throws kr.dolbom.caseworker.problem.ProblemException when the resident has no such guardian
    public static void guardian(
            Connection connection,
            int residentNo,
            UUID guardianId,
            boolean given,
            @Nullable String note,
            Viewer viewer,
            Instant now) {
        int number = Sql.on(connection, """
                        select guardian_no from guardian where guardian_id = :guardian and resident_no = :resident""")
                .with("guardian", guardianId)
                .with("resident", residentNo)
                .find(row -> row.number("guardian_no"))
                .orElseThrow(() -> Problem.notFound("guardian", guardianId));
        int changed = Sql.on(connection, given ? """
                        update guardian set consented_at = :now, withdrawn_at = null
                         where guardian_no = :guardian and (consented_at is null or withdrawn_at is not null)""" : """
                        update guardian set withdrawn_at = greatest(:now, consented_at)
                         where guardian_no = :guardian and consented_at is not null and withdrawn_at is null""")
                .with("now", now)
                .with("guardian", number)
                .update();
        if (changed > 0) {
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    given ? "guardian-consented" : "guardian-withdrew",
                    residentNo,
                    Map.of("guardian", guardianId.toString()));
            remember(connection, new Change(residentNo, "guardian", number, given, note), viewer, now);
        }
    }

    private record Change(
            int residentNo,
            String consent,
            @Nullable Integer guardianNo,
            boolean given,
            @Nullable String note) {}

    private static void remember(Connection connection, Change change, Viewer viewer, Instant now) {
        Sql.on(connection, """
                        insert into consent_change (resident_no, consent, guardian_no, given, note, changed_by, changed_at)
                        values (:resident, :consent, :guardian, :given, :note, :by, :now)""")
                .with("resident", change.residentNo())
                .with("consent", change.consent())
                .with("guardian", change.guardianNo())
                .with("given", change.given())
                .with("note", change.note())
                .with("by", viewer.actor().name())
                .with("now", now)
                .update();
    }
}

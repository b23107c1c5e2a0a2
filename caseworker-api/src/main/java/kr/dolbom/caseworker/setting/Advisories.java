package kr.dolbom.caseworker.setting;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.setting.WeatherAdvisories.Advisory;
import kr.dolbom.caseworker.setting.WeatherAdvisories.NewAdvisory;
import org.jspecify.annotations.Nullable;

/// Weather advisories as the database has them. All methods work in the caller's transaction; changes are noted in the
/// audit log, and the engine is told.
public final class Advisories {
    private static final Duration LONGEST = Duration.ofDays(14);
    private static final Duration EARLIEST = Duration.ofDays(7);
    private static final Duration LATEST = Duration.ofDays(14);
    private static final int SHOWN = 200;

    private Advisories() {}

    /// Advisories, those that end last first.
    ///
    /// @param officeNo null: of all offices
    public static List<Advisory> list(Connection connection, @Nullable Integer officeNo, Instant now) {
        return select(connection, """
                        where (:office::int is null or a.office_no = :office)
                        order by a.ends_at desc, a.advisory_no desc limit\s""" + SHOWN)
                .with("office", officeNo)
                .with("now", now)
                .list(Advisories::read);
    }

    /// Enters one, or moves the end of the same.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it is none, or a person has ended the same
    public static Advisory enter(Connection connection, NewAdvisory wanted, Viewer viewer, Instant now) {
        Instant startsAt = wanted.startsAt().toInstant();
        Instant endsAt = wanted.endsAt().toInstant();
        if (startsAt.isBefore(now.minus(EARLIEST)) || startsAt.isAfter(now.plus(LATEST))) {
            throw Problem.invalid("startsAt", wanted.startsAt(), "a moment of the last 7 or the next 14 days");
        }
        if (!endsAt.isAfter(startsAt) || endsAt.isAfter(startsAt.plus(LONGEST)) || !endsAt.isAfter(now)) {
            throw Problem.invalid("endsAt", wanted.endsAt(), "a moment to come, within 14 days after startsAt");
        }
        int officeNo = Scopes.ofOffice(connection, wanted.officeId(), viewer).officeNo();
        checkDistrict(connection, officeNo, wanted.neighbourhood());
        String source = wanted.source() == null ? viewer.actor().name() : wanted.source();
        UUID id = Sql.on(connection, """
                        insert into weather_advisory (kind, office_no, neighbourhood, starts_at, ends_at, source)
                        values (:kind, :office, :district, :starts, :ends, :source)
                        on conflict (kind, office_no, neighbourhood, starts_at)
                            do update set ends_at = excluded.ends_at, source = excluded.source
                            where weather_advisory.ended_by is null
                        returning advisory_id""")
                .with("kind", wanted.kind())
                .with("office", officeNo)
                .with("district", wanted.neighbourhood())
                .with("starts", startsAt)
                .with("ends", endsAt)
                .with("source", source.strip())
                .find(row -> row.uuid("advisory_id"))
                .orElseThrow(() -> Problem.conflict(
                        "This advisory was ended before its time by a person. Enter one that starts later."));
        note(connection, viewer, "weather-advisory-entered", id, wanted.kind());
        RiskSettings.tellEngine(connection);
        return get(connection, id, null, now);
    }

    /// Ends one now; one that has not begun never will. One that is over stays as it was.
    ///
    /// @param officeNo one of another office is none; null: of all offices
    /// @return how many were ended, 0 or 1
    public static int end(
            Connection connection, UUID advisoryId, @Nullable Integer officeNo, Viewer viewer, Instant now) {
        Advisory advisory = get(connection, advisoryId, officeNo, now);
        int ended = Sql.on(connection, """
                        update weather_advisory
                           set ends_at = greatest(:now, starts_at + interval '1 microsecond'), ended_by = :by
                         where advisory_id = :id and ends_at > :now and ended_by is null""")
                .with("now", now)
                .with("by", viewer.actor().name())
                .with("id", advisoryId)
                .update();
        if (ended > 0) {
            note(connection, viewer, "weather-advisory-ended", advisoryId, advisory.kind());
            RiskSettings.tellEngine(connection);
        }
        return ended;
    }

    private static void checkDistrict(Connection connection, int officeNo, @Nullable String neighbourhood) {
        if (neighbourhood == null) {
            return;
        }
        List<String> known = Sql.on(connection, """
                        select distinct neighbourhood from resident where office_no = :office order by neighbourhood""").with("office", officeNo).list(row -> row.text("neighbourhood"));
        if (!known.contains(neighbourhood)) {
            throw Problem.invalid(
                    "neighbourhood",
                    neighbourhood,
                    "a district in which the office has residents (%s), or none for the whole office"
                            .formatted(String.join(", ", known)));
        }
    }

    private static void note(Connection connection, Viewer viewer, String action, UUID advisoryId, String kind) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("advisory", advisoryId.toString());
        detail.put("kind", kind);
        AuditLog.write(connection, viewer.actor(), action, null, detail);
    }

    private static Advisory get(Connection connection, UUID advisoryId, @Nullable Integer officeNo, Instant now) {
        return select(connection, "where a.advisory_id = :id and (:office::int is null or a.office_no = :office)")
                .with("office", officeNo)
                .with("id", advisoryId)
                .with("now", now)
                .find(Advisories::read)
                .orElseThrow(() -> Problem.notFound("weather advisory", advisoryId));
    }

    private static Sql select(Connection connection, String rest) {
        return Sql.on(connection, """
                select a.advisory_id, a.kind, o.office_id, a.neighbourhood, a.starts_at, a.ends_at, a.source, a.ended_by,
                       a.starts_at <= :now and a.ends_at > :now as in_force
                  from weather_advisory a join office o using (office_no)
                """ + rest);
    }

    private static Advisory read(Row row) {
        return new Advisory(
                row.uuid("advisory_id"),
                row.text("kind"),
                row.uuid("office_id"),
                row.findText("neighbourhood"),
                row.instant("starts_at").atOffset(ZoneOffset.UTC),
                row.instant("ends_at").atOffset(ZoneOffset.UTC),
                row.text("source"),
                row.findText("ended_by"),
                row.flag("in_force"));
    }
}

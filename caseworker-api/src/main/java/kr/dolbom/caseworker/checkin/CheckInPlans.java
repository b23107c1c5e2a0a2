package kr.dolbom.caseworker.checkin;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import org.jspecify.annotations.Nullable;

/// Plans as the database has them. All methods work in the caller's transaction.
final class CheckInPlans {
    private CheckInPlans() {}

    /// Whose plan it is.
    ///
    /// @param officeNo the office whose residents without an own plan have it; null: a resident's own
    /// @param residentNo null: an office's
    record Owner(@Nullable Integer officeNo, @Nullable Integer residentNo) {}

    /// A plan and who set it.
    record Kept(CheckInPlan plan, Instant changedAt, String changedBy) {}

    static Optional<Kept> find(Connection connection, Owner owner) {
        return Sql.on(connection, """
                        select days, asked_at::text as asked_at, questions, changed_at, changed_by from check_in_plan
                         where office_no is not distinct from :office::int
                           and resident_no is not distinct from :resident::int""")
                .with("office", owner.officeNo())
                .with("resident", owner.residentNo())
                .find(CheckInPlans::read);
    }

    static void set(Connection connection, Owner owner, CheckInPlan plan, String login, Instant now) {
        delete(connection, owner);
        Sql.on(connection, """
                        insert into check_in_plan (office_no, resident_no, days, asked_at, questions, changed_at, changed_by)
                        values (:office, :resident, :days, :at::time, :questions, :now, :by)""")
                .with("office", owner.officeNo())
                .with("resident", owner.residentNo())
                .with("days", CheckInPlan.writeDays(plan.days()))
                .with("at", plan.at().toString())
                .with("questions", CheckInQuestion.write(plan.questions()))
                .with("now", now)
                .with("by", login)
                .update();
    }

    /// Takes a plan away.
    ///
    /// @return whether there was one
    static boolean delete(Connection connection, Owner owner) {
        return Sql.on(connection, """
                                delete from check_in_plan
                                 where office_no is not distinct from :office::int
                                   and resident_no is not distinct from :resident::int""")
                        .with("office", owner.officeNo())
                        .with("resident", owner.residentNo())
                        .update()
                > 0;
    }

    /// Writes the conversations down that are due by now and were not before: one a resident and day,
    /// whoever else does the same at this moment. What was set after its time is not made up for, nor
    /// what nobody looked at for long.
    ///
    /// @param latest how long after its time a conversation still begins
    static void writeDue(Connection connection, Duration latest, Instant now) {
        Sql.on(connection, """
                        insert into check_in (resident_no, day, planned_at, questions, due_at)
                        select resident_no, day, planned_at, questions, :now
                          from (select distinct on (r.resident_no) r.resident_no, o.time_zone, o.canary, p.days, p.asked_at,
                                       p.questions, p.changed_at
                                  from resident r join office o using (office_no)
                                  join check_in_plan p on p.resident_no = r.resident_no or p.office_no = r.office_no
                                 where r.left_at is null
                                 order by r.resident_no, p.resident_no nulls last) plan,
                               generate_series(-1, 0) as back,
                               lateral (select (:now::timestamptz at time zone time_zone)::date + back as day) d,
                               lateral (select (day + asked_at) at time zone time_zone as planned_at) m
                         where not canary
                           and to_char(day, 'dy') = any(string_to_array(days, ' '))
                           and planned_at between :earliest and :now and planned_at > changed_at
                        on conflict (resident_no, day) do nothing""")
                .with("now", now)
                .with("earliest", now.minus(latest))
                .update();
    }

    private static Kept read(Row row) {
        return new Kept(
                new CheckInPlan(
                        CheckInPlan.readDays(row.text("days")),
                        LocalTime.parse(row.text("asked_at")),
                        CheckInQuestion.read(row.text("questions"))),
                row.instant("changed_at"),
                row.text("changed_by"));
    }
}

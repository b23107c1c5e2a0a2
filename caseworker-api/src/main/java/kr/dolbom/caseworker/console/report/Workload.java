package kr.dolbom.caseworker.console.report;

import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.secrecy.SecretColumn;

/// How much a caseworker carried in a time: alerts about their own residents beside the budget that is declared for so
/// many, and what they took.
///
/// @param name their name
/// @param residents how many are theirs now and still looked after
/// @param alerts check-in, urgent and critical ones about these, exercises left out
/// @param taken alerts about anybody that they took
/// @param budget how many alerts are declared for the days on which residents of theirs were looked after in that time
record Workload(String name, int residents, int alerts, int taken, double budget) {
    /// False alerts of the urgent tier at most one, of the check-in tier two, in 30 days of one resident: by this the
    /// judging of risk is calibrated.
    static final double PER_30_DAYS = 3;

    private static final double DAYS = 30;

    /// Whether it is more than was declared.
    boolean isOver() {
        return alerts > budget;
    }

    /// One for each caseworker of an office, the most laden first.
    ///
    /// @param until the end of the time, at most now
    static List<Workload> list(Connection connection, int officeNo, Instant from, Instant until) {
        return Sql.on(connection, """
                        with own as (
                            select caseworker_no, count(*) filter (where left_at is null)::int as residents,
                                   sum(extract(epoch from least(:until::timestamptz, left_at)
                                                          - greatest(created_at, :from))) / 86400 as days
                              from resident
                             where office_no = :office and created_at < :until
                               and (left_at is null or left_at > greatest(created_at, :from))
                             group by caseworker_no
                        ), about as (
                            select r.caseworker_no, count(*)::int as alerts
                              from alert a join resident r using (resident_no)
                             where r.office_no = :office and a.raised_at >= :from and a.raised_at < :until
                               and not a.drill and a.tier <> 'review'
                             group by r.caseworker_no
                        ), took as (
                            select a.acknowledged_by as caseworker_no, count(*)::int as taken
                              from alert a join resident r using (resident_no)
                             where r.office_no = :office and a.raised_at >= :from and a.raised_at < :until
                               and not a.drill and a.acknowledged_by is not null
                             group by a.acknowledged_by
                        )
                        select c.name, coalesce(own.residents, 0) as residents, coalesce(own.days, 0)::text as days,
                               coalesce(about.alerts, 0) as alerts,
                               coalesce(took.taken, 0) as taken
                          from caseworker c left join own using (caseworker_no) left join about using (caseworker_no)
                          left join took using (caseworker_no)
                         where c.office_no = :office and (c.left_at is null or took.taken > 0)""")
                .with("office", officeNo)
                .with("from", from)
                .with("until", until)
                .list(row -> new Workload(
                        row.secret("name", SecretColumn.CASEWORKER_NAME),
                        row.number("residents"),
                        row.number("alerts"),
                        row.number("taken"),
                        Double.parseDouble(row.text("days")) / DAYS * PER_30_DAYS))
                .stream()
                .sorted(Comparator.comparingInt(Workload::alerts).reversed().thenComparing(Workload::name))
                .toList();
    }
}

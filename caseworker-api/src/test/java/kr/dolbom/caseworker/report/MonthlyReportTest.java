package kr.dolbom.caseworker.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.canary.CanarySettings;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.page.Csv;
import kr.dolbom.caseworker.report.MonthlyReport.OfficeMonth;
import kr.dolbom.caseworker.secrecy.TestKeys;
import kr.dolbom.caseworker.words.Words;
import kr.dolbom.db.fixture.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One November of an office in Seoul and one in New York, whose figures were computed by hand.
class MonthlyReportTest {
    private static final String PERSON = "9b1f6d34-1c1b-4d0e-8a55-6a0a1f7e3c03";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-05T00:00:00Z"), ZoneOffset.UTC);

    private static TestDatabase database;
    private static Transactions transactions;
    private static OfficeMonth seoul;
    private static OfficeMonth newYork;

    @BeforeAll
    static void happen() {
        database = TestDatabase.create();
        transactions = new Transactions(database.dataSource(), TestKeys.SECRECY);
        execute("""
                insert into office (name_ko, name_en, short_name, time_zone)
                values ('가시 노인복지과', 'Seoul', '가', 'Asia/Seoul'), ('나시 노인복지과', 'York', '나', 'America/New_York')""");
        execute("insert into caseworker (office_no, name, phone) values (1, '이민지', '+821011110001')");
        execute("""
                insert into resident (office_no, name, birth_year, neighbourhood, address, created_at)
                values (1, '가', 1941, '동', '로', '2026-01-01T00:00+09'), (1, '나', 1941, '동', '로', '2026-11-16T00:00+09'),
                       (2, '다', 1941, '동', '로', '2026-01-01T00:00+09')""");
        execute("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause)
                values (1, '2026-10-31T22:00+09', '2026-11-01T02:00+09', 'device-silent'),
                       (1, '2026-11-10T12:00+09', '2026-11-10T12:30+09', 'network-silent'),
                       (2, '2026-11-15T23:00+09', '2026-11-16T01:00+09', 'platform-fault'),
                       (2, '2026-11-30T20:00+09', null, 'device-silent')""");
        happenInSeoul();
        for (String at : List.of(
                "2026-10-31T23:59:59-04:00", // summer time: ends on 1 November, which has 25 hours
                "2026-11-01T00:00:00-04:00",
                "2026-11-30T23:59:59-05:00",
                "2026-12-01T00:00:00-05:00")) {
            raise(3, "review", at, null);
        }
        MonthlyReport report = report(YearMonth.of(2026, 11));
        seoul = report.offices().get(0);
        newYork = report.offices().get(1);
    }

    private static void happenInSeoul() {
        called("critical", "2026-10-31T23:59:59.999+09:00", "needed-help", 0, 10_000);
        UUID first = called("critical", "2026-11-01T00:00:00+09:00", "needed-help", 0, 30_500);
        UUID inTime = called("critical", "2026-11-02T03:00:00+09:00", "real-emergency", 0, 60_000);
        called("critical", "2026-11-03T03:00:00+09:00", "false-alarm", 0, 60_001);
        UUID asked = called("urgent", "2026-11-04T03:00:00+09:00", "false-alarm", 130_000, 300_000);
        tell(asked, "2026-11-04T03:00:00+09:00", 100, EventType.CHECK_IN_ASKED, "platform");
        UUID fine = raise(1, "urgent", "2026-11-05T03:00:00+09:00", "resident-ok");
        tell(fine, "2026-11-05T03:00:00+09:00", 100, EventType.CHECK_IN_ASKED, "platform");
        tell(fine, "2026-11-05T03:00:00+09:00", 40_000, EventType.RESOLVED, "resident");
        UUID open = raise(1, "check-in", "2026-11-06T03:00:00+09:00", null);
        tell(open, "2026-11-06T03:00:00+09:00", 100, EventType.CHECK_IN_ASKED, "platform");
        UUID nobody = called("critical", "2026-11-07T03:00:00+09:00", null, 0, -1);
        tell(nobody, "2026-11-07T03:00:00+09:00", 900_000, EventType.NOBODY_REACHED, "platform");
        UUID fineAfterAll = called("urgent", "2026-11-08T03:00:00+09:00", "resident-ok", 130_000, -1);
        tell(fineAfterAll, "2026-11-08T03:00:00+09:00", 100, EventType.CHECK_IN_ASKED, "platform");
        tell(fineAfterAll, "2026-11-08T03:00:00+09:00", 140_000, EventType.RESOLVED, "resident");
        UUID late = called("critical", "2026-11-09T03:00:00+09:00", "not-reached", 0, -1);
        tell(late, "2026-11-09T03:00:00+09:00", 10, EventType.NOBODY_ON_CALL, "platform");
        tell(late, "2026-11-09T03:00:00+09:00", 3_600_000, EventType.RESOLVED, PERSON);
        raise(1, "review", "2026-11-10T03:00:00+09:00", "retracted");
        UUID drill = called("critical", "2026-11-11T03:00:00+09:00", "false-alarm", 0, 1_000);
        execute("update alert set drill = true where alert_id = '%s'".formatted(drill));
        called("critical", "2026-12-01T00:00:00+09:00", "needed-help", 0, 1_000);

        attempt(first, 1, "sms", null);
        UUID call = attempt(first, 1, "voice", null);
        attempt(inTime, 1, "voice", call);
        attempt(nobody, 1, "sms", null);
        attempt(nobody, 2, "sms", null);
        for (int step = 1; step <= 3; step++) {
            attempt(nobody, step, "voice", null);
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void theMonthBeginsAndEndsByTheOfficesOwnClock() {
        assertEquals(Instant.parse("2026-10-31T15:00:00Z"), seoul.from());
        assertEquals(Instant.parse("2026-11-30T15:00:00Z"), seoul.to());
        assertEquals(10, seoul.alerts());
        assertEquals(Instant.parse("2026-11-01T04:00:00Z"), newYork.from());
        assertEquals(Instant.parse("2026-12-01T05:00:00Z"), newYork.to());
        assertEquals(2, newYork.alerts());
        OfficeMonth october = report(YearMonth.of(2026, 10)).offices().getFirst();
        assertEquals(1, october.alerts());
        assertEquals(10.0, october.fromCall().medianSeconds());
    }

    /// Called: seven; one of them was fine before anybody was reached, so that six count:
    /// 30.5 s, 60 s, 60.001 s, 170 s, 3600 s, never.
    @Test
    void responseTimesCountFromTheCallAndWhoWasNeverReachedComesLast() {
        assertEquals(new MonthlyReport.Response(7, 1, 5, 0.3333, 0.6667, 60.001, null), seoul.fromCall());
    }

    /// 30.5 s, 60 s, 60.001 s, 300 s, 3600 s, never.
    @Test
    void responseTimesFromTheAlertHaveTheRobotsQuestionInThem() {
        assertEquals(new MonthlyReport.Response(7, 1, 5, 0.3333, 0.5, 60.001, null), seoul.fromAlert());
    }

    @Test
    void alertsAreCountedByTierAndOutcome() {
        assertEquals(
                List.of("critical 5 1", "urgent 3 0", "check-in 1 1", "review 1 0"),
                seoul.tiers().stream()
                        .map(tier -> tier.tier() + " " + tier.alerts() + " " + tier.open())
                        .toList());
        assertEquals(1, seoul.tiers().getFirst().outcomes().get("false-alarm"));
        assertEquals(2, seoul.tiers().get(1).outcomes().get("resident-ok"));
        assertEquals(2, seoul.open());
    }

    /// Closed otherwise than by late data: seven, two of them false. 720 h and 360 h were to be watched.
    @Test
    void falseAlarmsAreAShareOfWhatWasClosedAndARateOfTheResidentsTime() {
        assertEquals(new MonthlyReport.FalseAlarms(7, 2, 0.2857, 1.3333), seoul.falseAlarms());
    }

    @Test
    void theRobotSolvedWhatItsQuestionClosedWithNobodyCalled() {
        assertEquals(new MonthlyReport.Robot(4, 1, 0.25), seoul.robot());
    }

    /// 2 h of the first gap are in the month; 1 h of the third is after the resident came; 4 h of the last before it
    /// ends.
    @Test
    void monitoringGapsAreCutToTheMonthAndToTheResidentsOwnTime() {
        assertEquals(
                new MonthlyReport.Gaps(
                        2,
                        1080,
                        7.5,
                        0.006944,
                        Map.of("device-silent", 6.0, "network-silent", 0.5, "platform-fault", 1.0)),
                seoul.gaps());
        assertEquals(721, newYork.gaps().residentHours());
    }

    @Test
    void attemptsAreCountedOnceWhereOneCallReadsSeveralAlerts() {
        assertEquals(new MonthlyReport.Attempts(Map.of("sms", 3, "voice", 4), 1.0, 5), seoul.attempts());
    }

    @Test
    void alertsWithNobodyReachedAreNamed() {
        assertEquals(
                List.of("nobody-reached null", "nobody-on-call 2026-11-08T19:00:00Z"),
                seoul.nobodyReached().stream()
                        .map(alert -> alert.why() + " " + alert.reachedAt())
                        .toList());
    }

    @Test
    void aMonthWithoutAnythingHasNoSharesAndOneThatLastsIsNotComplete() {
        OfficeMonth empty = report(YearMonth.of(2026, 2)).offices().getFirst();
        OfficeMonth december = report(YearMonth.of(2026, 12)).offices().getFirst();

        assertNull(empty.fromCall().within60Share());
        assertNull(empty.falseAlarms().share());
        assertTrue(empty.complete());
        assertFalse(december.complete());
        // From 1 December 00:00 in Seoul, which is 15:00 UTC the day before, to 5 December 00:00 UTC: 105 h, two
        // residents.
        assertEquals(210, december.gaps().residentHours());
    }

    @Test
    void aTrendHasTheReportsFiguresAlsoWhenAnOutcomeIsGivenLate() {
        var trends = new Trends(CLOCK);
        List<YearMonth> months = IntStream.rangeClosed(1, 12)
                .mapToObj(month -> YearMonth.of(2026, month))
                .toList();
        for (int office = 1; office <= 2; office++) {
            assertTrend(trends, months, office);
            assertTrend(trends, months.subList(10, 11), office);
        }
        UUID late = transactions.run(connection -> Sql.on(connection, """
                        update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm'
                         where alert_id = (select alert_id from alert where resident_no = 3 and state <> 'resolved'
                                            order by raised_at offset 1 limit 1) returning alert_id""").get(row -> row.uuid("alert_id")));
        tell(late, "2026-12-04T03:00:00+09:00", 0, EventType.PEOPLE_CALLED, "platform");
        tell(late, "2026-12-04T03:00:00+09:00", 1_000, EventType.RESOLVED, PERSON);
        assertTrend(trends, months, 2);
        Trend.Alerts november = transactions
                .run(connection -> trends.make(connection, months, 2))
                .months()
                .get(10)
                .alerts();
        assertEquals(new Trend.Alerts(1, 0, 1, 1, 1, 1, 1), november);
    }

    private static void assertTrend(Trends trends, List<YearMonth> months, int officeNo) {
        Trend trend = transactions.run(connection -> trends.make(connection, months, officeNo));
        assertEquals(months, trend.months().stream().map(Trend.Month::month).toList());
        for (Trend.Month month : trend.months()) {
            OfficeMonth office = report(month.month()).offices().get(officeNo - 1);
            assertEquals(
                    Arrays.asList(
                            office.officeId(),
                            office.from(),
                            office.to(),
                            office.complete(),
                            office.gaps(),
                            office.fromCall().called(),
                            office.fromCall().withdrawn(),
                            office.fromCall().reached(),
                            office.fromCall().within60Share(),
                            office.fromCall().within180Share(),
                            office.falseAlarms().closed(),
                            office.falseAlarms().share()),
                    Arrays.asList(
                            trend.officeId(),
                            month.from(),
                            month.to(),
                            month.complete(),
                            month.gaps(),
                            month.alerts().called(),
                            month.alerts().withdrawn(),
                            month.alerts().reached(),
                            month.alerts().within60Share(),
                            month.alerts().within180Share(),
                            month.alerts().closed(),
                            month.alerts().falseShare()),
                    month.month() + " of office " + officeNo);
        }
    }

    @Test
    void linesAreTheSameFiguresInBothLanguages() {
        List<ReportLine> korean = ReportLine.list(seoul, Words.KO);
        List<ReportLine> english = ReportLine.list(seoul, Words.EN);

        assertEquals(
                korean.stream().map(line -> line.figure() + line.value()).toList(),
                english.stream().map(line -> line.figure() + line.value()).toList());
        assertTrue(english.contains(new ReportLine("from-call", "within-60", "Reached within 60 s", "", "33.33", "%")));
        assertTrue(korean.contains(new ReportLine("gaps", "gap-cause", "관찰하지 못한 시간", "기기 무응답", "6", "시간")));
    }

    @Test
    void spreadsheetsGetTheirMarkTheirLineEndsAndNoFormula() {
        assertEquals(
                "\uFEFFa,\"b,c\",\"say \"\"so\"\"\"\r\n'=1+1,'@SUM(A1),\"'\r\nx\"\r\n'+82,'-1,＝\r\n".replace("＝", "'＝"),
                Csv.of(List.of(
                        List.of("a", "b,c", "say \"so\""),
                        List.of("=1+1", "@SUM(A1)", "\r\nx"),
                        List.of("+82", "-1", "＝"))));
    }

    private static MonthlyReport report(YearMonth month) {
        return transactions.run(connection -> new MonthlyReports(
                        new CanarySettings("", "", "", "", Duration.ofMinutes(5), Duration.ofSeconds(60), ""), CLOCK)
                .make(connection, month, null));
    }

    private static UUID raise(int residentNo, String tier, String at, @Nullable String outcome) {
        UUID alertId = transactions.run(connection -> Sql.on(connection, """
                        insert into alert (resident_no, family, tier, reason_ko, reason_en, moment, raised_at, state,
                                           resolved_at, outcome)
                        values (:resident, gen_random_uuid()::text, :tier, '-', '-', :at, :at,
                                case when :outcome::text is null then 'raised' else 'resolved' end,
                                case when :outcome::text is null then null else :at::timestamptz end, :outcome)
                        returning alert_id""")
                .with("resident", residentNo)
                .with("tier", tier)
                .with("at", OffsetDateTime.parse(at).toInstant())
                .with("outcome", outcome)
                .get(row -> row.uuid("alert_id")));
        tell(alertId, at, 0, EventType.RAISED, "platform");
        return alertId;
    }

    /// @param reachedMillis when somebody took it; negative for never
    private static UUID called(
            String tier, String at, @Nullable String outcome, long calledMillis, long reachedMillis) {
        UUID alertId = raise(1, tier, at, outcome);
        tell(alertId, at, calledMillis, EventType.PEOPLE_CALLED, "platform");
        if (reachedMillis >= 0) {
            tell(alertId, at, reachedMillis, EventType.ACKNOWLEDGED, PERSON);
            tell(alertId, at, reachedMillis + 60_000, EventType.ACKNOWLEDGED, PERSON);
        }
        return alertId;
    }

    private static void tell(UUID alertId, String raisedAt, long millis, EventType type, String actor) {
        transactions.run(connection -> {
            Instant at = OffsetDateTime.parse(raisedAt).toInstant().plusMillis(millis);
            Timeline.add(connection, alertId, at, type, actor, Map.of());
            return null;
        });
    }

    private static UUID attempt(UUID alertId, int step, String channel, @Nullable UUID bundleOf) {
        return transactions.run(connection -> Sql.on(connection, """
                        insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, bundle_of)
                        values (:alert, :step, :channel, 1, '+821011110001', 'completed', :bundle)
                        returning attempt_id""")
                .with("alert", alertId)
                .with("step", step)
                .with("channel", channel)
                .with("bundle", bundleOf)
                .get(row -> row.uuid("attempt_id")));
    }

    private static void execute(String statement) {
        transactions.run(connection -> Sql.on(connection, statement).update());
    }
}

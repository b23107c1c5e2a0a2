package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What an alert's page draws and tells of the time before and since it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceTest {
    private static final int BIN_MINUTES = 5;

    private final Town town = new Town();
    private final Phrasing phrasing = new Phrasing(Words.KO, town.clock);
    private final Instant now = town.clock.instant();
    private Client minji;

    @BeforeAll
    void start() {
        town.start();
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1));
        minji = new Client(town.url).signIn("minji", PASSWORD);
    }

    @BeforeEach
    void nothingWasSeen() {
        town.execute("delete from resident_day");
        town.execute("""
                update alert set state = 'resolved', resolved_at = now(), outcome = 'false-alarm' where state <> 'resolved'""");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void aSilenceEndsWhereTheResidentWasSeenAgain() {
        UUID alert = silence(now.minus(Duration.ofHours(4)), now.minus(Duration.ofHours(3)));
        String before = minji.get("/alerts/" + alert).body();
        assertTrue(before.contains("<title>무활동 4시간"), before);
        assertFalse(before.contains("다시 움직임"), before);

        Instant again = seen(now.minus(Duration.ofMinutes(90)));
        seen(now.minus(Duration.ofMinutes(30)));

        for (String path : List.of("", "/summary")) {
            String page = minji.get("/alerts/" + alert + path).body();
            assertTrue(page.contains(phrasing.dateTime(again) + "쯤 다시 움직임이 있었습니다."), page);
            assertTrue(
                    Pattern.compile("<title>무활동 2시간( \\d+분)? · " + phrasing.minute(again) + "쯤 다시 움직임</title>")
                            .matcher(page)
                            .find(),
                    page);
            assertFalse(page.contains("무활동 4시간"), page);
        }
    }

    @Test
    void whereTheResidentWasSeenBeforeWhatIsDrawnThereIsNoSilence() {
        UUID alert = silence(now.minus(Duration.ofHours(70)), now.minus(Duration.ofHours(69)));
        seen(now.minus(Duration.ofHours(60)));
        seen(now.minus(Duration.ofHours(1)));

        String page = minji.get("/alerts/" + alert).body();
        assertFalse(page.contains("band silence\"><title>"), page);
        assertTrue(page.contains("쯤 다시 움직임이 있었습니다."), page);
    }

    @Test
    void anOpenAlertIsDrawnUpToNowAndOneThatIsOverSaysUpToWhen() {
        Instant raised = now.minus(Duration.ofHours(20));
        UUID alert = silence(raised.minus(Duration.ofHours(2)), raised);
        Instant seen = seen(now.minus(Duration.ofMinutes(90)));
        String bar = "<title>" + phrasing.dateTime(seen.truncatedTo(ChronoUnit.HOURS)) + ": 5분 동안 움직임</title>";

        String open = minji.get("/alerts/" + alert).body();
        assertTrue(open.contains("<figcaption>최근 48시간의 움직임</figcaption>"), open);
        assertTrue(open.contains(bar), open);

        town.execute(
                "update alert set state = 'resolved', resolved_at = now(), outcome = 'resident-ok' where alert_id = '%s'"
                        .formatted(alert));
        String over = minji.get("/alerts/" + alert).body();
        String end = phrasing.dateTime(raised.plus(Duration.ofHours(6)));
        assertTrue(over.contains("<figcaption>" + end + "까지 48시간의 움직임</figcaption>"), over);
        assertFalse(over.contains(bar), over);
    }

    @Test
    void aTimelineOfSeveralDaysNamesEachDay() {
        Instant raised = now.minus(Duration.ofHours(49));
        UUID alert = silence(raised.minus(Duration.ofHours(1)), raised);
        for (int hours : List.of(49, 25, 1)) {
            town.execute("""
                    insert into alert_event (alert_id, at, type, actor, detail)
                    values ('%s', now() - interval '%d hours', 'again', 'resident', '{}')""".formatted(alert, hours));
        }

        String page = minji.get("/alerts/" + alert).body();
        String timeline = page.substring(page.indexOf("data-key=\"timeline\""));
        List<String> days = Pattern.compile("<h3>([^<]+)</h3>")
                .matcher(timeline)
                .results()
                .map(day -> day.group(1))
                .toList();
        assertEquals(
                List.of(
                        phrasing.date(now.minus(Duration.ofHours(1))),
                        phrasing.date(now.minus(Duration.ofHours(25))),
                        phrasing.date(now.minus(Duration.ofHours(49)))),
                days);
    }

    private UUID silence(Instant lastSeen, Instant raised) {
        return town.transactions.run(connection -> {
            UUID alert = Sql.on(connection, """
                            insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, raised_at,
                                               acknowledged_at, acknowledged_by)
                            values (1, 'silence', 'review', 'acknowledged', '-', '-', :raised, :raised, :raised, 1)
                            returning alert_id""").with("raised", raised).get(row -> row.uuid("alert_id"));
            Sql.on(connection, """
                            insert into finding (resident_no, family, tier, episode, alert_id, reason_ko, reason_en,
                                                 evidence, moment)
                            values (1, 'silence', 'review', :alert::text, :alert, '', '',
                                    jsonb_build_object('lastSeenAt', :seen::text), :raised)""")
                    .with("alert", alert)
                    .with("seen", lastSeen.truncatedTo(ChronoUnit.SECONDS).toString())
                    .with("raised", raised)
                    .update();
            return alert;
        });
    }

    /// @return when the five minutes begin in which the resident was seen
    private Instant seen(Instant moment) {
        ZonedDateTime at = moment.atZone(town.clock.getZone()).truncatedTo(ChronoUnit.MINUTES);
        ZonedDateTime bin = at.minusMinutes(at.getMinute() % BIN_MINUTES);
        town.execute("""
                insert into resident_day (resident_no, day, seen, bathroom, talks, turns, talk_seconds, taken, missed)
                values (1, '%1$s', array_fill(0::smallint, array[24]), array_fill(0::smallint, array[24]), 0, 0, 0, 0, 0)
                on conflict do nothing""".formatted(bin.toLocalDate()));
        town.execute("update resident_day set seen[%d] = seen[%1$d] | %d::smallint where day = '%s'"
                .formatted(bin.getHour() + 1, 1 << (bin.getMinute() / BIN_MINUTES), bin.toLocalDate()));
        return bin.toInstant();
    }
}

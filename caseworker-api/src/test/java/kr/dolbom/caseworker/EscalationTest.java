package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.SOON;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.response.AlertResponse;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EscalationTest {
    private static final Duration A_WHILE = Duration.ofMillis(1500);

    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void phoneOneDoesNotAnswerPhoneTwoPressesOneAndPhoneOneStaysSilent() {
        town.with("dolbom.response.step-wait", "1s").start();
        UUID alert = town.raise("critical");
        town.minji().ringOut();
        take(town.junho());

        assertEquals("acknowledged", town.stateOf(alert));
        town.awaitAttempts(alert, "1 sms delivered", "1 voice no-answer", "2 sms delivered", "2 voice reached");
        stays(1, town.minji(), 1, town.junho());
    }

    @Test
    void theNextPhoneRingsAfterTheWaitAndTheFirstIsSilencedByTheSecondsKey() {
        town.with("dolbom.response.step-wait", "1s").start();
        UUID alert = town.raise("critical");
        town.minji().awaitRinging(SOON);
        take(town.junho());

        assertEquals(CallStatus.CANCELED, town.minji().awaitCallEnd(SOON).status());
        town.awaitAttempts(alert, "1 sms delivered", "1 voice canceled", "2 sms delivered", "2 voice reached");
        stays(1, town.minji(), 1, town.junho());
    }

    @Test
    void keyTwoPassesOnToTheNextPhoneAtOnce() {
        town.with("dolbom.response.step-wait", "10m").start();
        UUID alert = town.raise("critical");
        town.minji().answer();
        town.minji().press("2");
        take(town.junho());

        assertEquals("acknowledged", town.stateOf(alert));
        assertTrue(town.events(alert).contains("passed-on"));
        assertEquals("다음 담당자에게 연락하겠습니다.", town.minji().spoken().getLast());
    }

    @Test
    void voicemailIsNobodySoTheNextPhoneRings() {
        town.with("dolbom.response.step-wait", "10m")
                .with("dolbom.twilio.key-timeout", "1s")
                .start();
        town.minji().fault(Fault.VOICEMAIL);
        UUID alert = town.raise("critical");
        town.junho().awaitRinging(SOON);

        assertEquals("escalating", town.stateOf(alert));
        assertEquals("1 voice completed", town.attempts(alert).get(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"API_400", "API_500", "API_503", "API_HANG", "API_CLOSE"})
    void whenTwilioFailsTheAttemptFailsAfterOneRequestAndTheNextPhoneRings(Fault fault) {
        town.with("dolbom.response.step-wait", "10m").start();
        town.minji().fault(fault);
        UUID alert = town.raise("critical");
        take(town.junho());

        town.awaitAttempts(alert, "1 sms failed", "1 voice failed", "2 sms delivered", "2 voice reached");
        assertEquals(1, town.phones.requests(RequestKind.CREATE_CALL, Town.MINJI_PHONE));
        assertEquals(1, town.phones.requests(RequestKind.CREATE_MESSAGE, Town.MINJI_PHONE));
        assertEquals(0, town.minji().rings().size());
    }

    @Test
    void whenTwilioIsAskedTooOftenItIsAskedAMomentLater() {
        town.with("dolbom.response.step-wait", "10m").start();
        town.minji().fault(Fault.API_429, 2);
        UUID alert = town.raise("critical");
        town.awaitAttempts(alert, "1 sms delivered", "1 voice ringing");
        take(town.minji());

        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        assertEquals(1, town.minji().rings().size());
        assertEquals(0, town.junho().rings().size());
    }

    @Test
    void whenTwilioIsAskedTooOftenThreeTimesTheNextPhoneRings() {
        town.with("dolbom.response.step-wait", "10m").start();
        town.minji().fault(Fault.API_429);
        UUID alert = town.raise("critical");
        take(town.junho());

        // The text to the first phone is given up as well where the second person takes it meanwhile.
        assertEquals("1 voice failed", town.attempts(alert).get(1));
        assertEquals(3, town.phones.requests(RequestKind.CREATE_CALL, Town.MINJI_PHONE));
        assertTrue(town.phones.requests(RequestKind.CREATE_MESSAGE, Town.MINJI_PHONE) <= 3);
        assertEquals(0, town.minji().rings().size());
    }

    @Test
    void aRingWhoseAcceptanceWasLostIsNotRepeatedAndItsKeyCounts() {
        town.with("dolbom.response.step-wait", "10m").start();
        town.minji().fault(Fault.API_LOST_REPLY);
        UUID alert = town.raise("critical");
        take(town.minji());

        assertEquals("acknowledged", town.stateOf(alert));
        assertEquals(1, town.minji().rings().size());
        // The second phone rings too where the loss is noticed before the first tells by its callback that it rings.
        await().atMost(SOON).untilAsserted(() -> assertFalse(town.junho().isRinging()));
        assertTrue(town.junho().calls().stream().allMatch(call -> call.status() == CallStatus.CANCELED));
    }

    @Test
    void keyThreeRepeatsAndAKeyWithoutMeaningIsToldAgain() {
        town.start();
        UUID alert = town.raise("critical");
        town.minji().answer();
        town.minji().press("3");
        town.minji().press("9");
        town.minji().awaitSpoken("누르신 번호는 없는 번호입니다.", SOON);
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);

        assertEquals("acknowledged", town.stateOf(alert));
        long told = town.minji().spoken().stream()
                .filter(line -> line.contains("'살려줘'라고"))
                .count();
        assertEquals(6, told, "twice in each of three rounds");
    }

    @Test
    void aCaseworkerWhoReadsEnglishIsCalledInEnglish() {
        town.execute("update caseworker set language = 'en' where caseworker_no = 1");
        town.start();
        town.raise("critical");
        town.minji().answer();
        town.minji().press("1");
        town.minji().awaitCallEnd(SOON);

        assertTrue(town.minji().spoken().getFirst().startsWith("This is a care alert from Goyang City Hall"));
        assertEquals(
                "en-US", town.minji().calls().getFirst().spoken().getFirst().language());
    }

    @Test
    void ofTwoPeopleWhoTakeItTogetherOneHasItAndTheOtherIsTold() {
        town.with("dolbom.response.step-wait", "1s").start();
        UUID alert = town.raise("critical");
        town.minji().answer();
        town.junho().answer();
        await().until(() -> town.junho().calls().getLast().awaitsKey());
        Thread first = Thread.ofVirtual().start(() -> town.minji().press("1"));
        town.junho().press("1");
        join(first);
        town.minji().awaitCallEnd(SOON);
        town.junho().awaitCallEnd(SOON);

        String owner = town.text(
                "select c.name as text from alert join caseworker c on c.caseworker_no = acknowledged_by where alert_id = :value",
                alert);
        Phone told = owner.equals("이민지") ? town.junho() : town.minji();
        assertEquals(
                owner + " 선생님이 먼저 확인했습니다. 가지 않으셔도 됩니다. 감사합니다.", told.spoken().getLast());
        assertEquals(
                1, town.events(alert).stream().filter("acknowledged"::equals).count());
    }

    @Test
    void callbacksThatComeTwiceAndOutOfOrderChangeNothingInTheEnd() {
        town.with("dolbom.response.step-wait", "10m").start();
        town.phones.callbacks(CallbackRules.IN_ORDER.withCopies(2).withSwappedOrder());
        UUID alert = town.raise("critical");
        take(town.minji());

        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        List<String> reports = town.list(
                "select detail ->> 'channel' || ' ' || (detail ->> 'state') as text from alert_event"
                        + " where type = 'attempt' and alert_id = :value",
                alert);
        assertEquals(reports.stream().distinct().count(), reports.size(), reports.toString());
        assertEquals(1, town.minji().rings().size());
        assertEquals(0, town.junho().rings().size());
    }

    @Test
    void aRestartInTheMiddleGoesOnWithTheNextPhone() {
        town.with("dolbom.response.step-wait", "2s");
        var server = town.start();
        UUID alert = town.raise("critical");
        town.minji().awaitRinging(SOON);
        server.stop();
        town.start();
        take(town.junho());

        assertEquals("acknowledged", town.stateOf(alert));
        assertEquals(1, town.phones.requests(RequestKind.CREATE_CALL, Town.MINJI_PHONE));
    }

    @Test
    void afterACrashBeforeTheRequestTheNextPhoneRingsAndTheFirstOnceAtMost() {
        UUID alert = town.raise("critical");
        town.execute("update alert set state = 'escalating'");
        town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at,
                                                placed_at, updated_at)
                select alert_id, 1, channel, 1, '+821011110001', 'starting', at, at, at
                  from alert, (select now() - interval '2 minutes' as at) t, (values ('sms'), ('voice')) c (channel)""");
        town.with("dolbom.response.step-wait", "3s").start();
        take(town.junho());

        assertEquals("acknowledged", town.stateOf(alert));
        // Whether the step's wait or Twilio's answer that there was no call comes first is a matter of moments.
        assertTrue(town.phones.requests(RequestKind.CREATE_CALL, Town.MINJI_PHONE) <= 1);
    }

    @Test
    void aCallThatWaitedForItsTurnWhenTheProgramCrashedIsMadeByWhoeverIsAlive() {
        UUID alert = town.raise("critical");
        town.execute("update alert set state = 'escalating'");
        town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at)
                select alert_id, 1, 'voice', 1, '+821011110001', 'starting', now() - interval '1 hour' from alert""");
        town.with("dolbom.response.step-wait", "10m").start();
        take(town.minji());

        assertEquals("acknowledged", town.stateOf(alert));
        assertEquals(
                List.of(1, 0),
                List.of(town.minji().rings().size(), town.junho().rings().size()));
    }

    @Test
    void aTextThatWaitedForItsTurnWhenTheProgramCrashedIsSentByWhoeverIsAlive() {
        UUID alert = town.raise("critical");
        town.execute("update alert set state = 'escalating'");
        town.execute("""
                insert into escalation_attempt (alert_id, step, channel, caseworker_no, destination, state, started_at)
                select alert_id, 1, 'sms', 1, '+821011110001', 'starting', now() from alert""");
        town.with("dolbom.response.step-wait", "10m").start();

        assertEquals(1, town.minji().awaitTexts(1, SOON).size());
        town.awaitAttempts(alert, "1 sms delivered");
    }

    @Test
    void twoInstancesRingOnce() {
        town.with("dolbom.response.step-wait", "10m");
        town.start();
        town.start();
        UUID alert = town.raise("critical");
        take(town.minji());

        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        assertEquals(1, town.phones.requests(RequestKind.CREATE_CALL));
        assertEquals(1, town.phones.requests(RequestKind.CREATE_MESSAGE));
        assertEquals(2, town.commands(alert).size());
    }

    @Test
    void anAlertWhoseNotificationWasLostIsFoundAnyway() {
        town.with("dolbom.response.sweep", "200ms").start();
        town.execute("""
                insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                values (1, 'emergency', 'critical', '-', '-', now())""");
        town.minji().awaitRinging(SOON);
        assertEquals(1, town.minji().rings().size());
    }

    @Test
    void anAlertThatCannotBeReadDoesNotKeepTheOthersWaiting() {
        town.execute("""
                insert into alert (resident_no, family, tier, reason_ko, reason_en, moment, raised_at)
                values (1, 'silence', 'critical', '-', '-', now(), now() - interval '1 minute'),
                       (1, 'emergency', 'critical', '-', '-', now(), now())""");
        town.execute("""
                insert into alert_event (alert_id, at, type, actor, detail)
                select alert_id, now(), 'raised', 'platform', '{"broken": []}' from alert where family = 'silence'""");
        town.with("dolbom.response.sweep", "200ms").start();
        town.minji().awaitRinging(SOON);

        assertEquals("escalating", town.text("select state as text from alert where family = :value", "emergency"));
        assertEquals("raised", town.text("select state as text from alert where family = :value", "silence"));
    }

    @Test
    void whenNobodyIsOnCallItIsSaidAndWhoeverComesOnCallIsRung() {
        town.execute("update on_call_shift set ends_at = now() - interval '1 minute'");
        town.with("dolbom.response.nobody-retry", "200ms").start();
        UUID alert = town.raise("critical");
        await().atMost(SOON).until(() -> town.events(alert).contains("nobody-on-call"));
        town.execute(
                "insert into on_call_shift (office_no, caseworker_no, position, starts_at) values (1, 2, 1, now())");
        take(town.junho());

        assertEquals("acknowledged", town.stateOf(alert));
    }

    @Test
    void lookingOftenWhileNobodyIsOnCallDoesNotMultiplyTheTimers() {
        town.execute("update on_call_shift set ends_at = now() - interval '1 minute'");
        AlertResponse response = town.with("dolbom.response.nobody-retry", "10m")
                .start()
                .getApplicationContext()
                .getBean(AlertResponse.class);
        UUID alert = town.raise("critical");
        await().atMost(SOON).until(() -> town.events(alert).contains("nobody-on-call"));
        for (int times = 0; times < 20; times++) {
            response.advance(alert);
        }

        int timers = town.list("""
                        select task_instance as text from scheduled_tasks
                         where task_instance like :value || '@%'""", alert.toString()).size();
        // Two when the moment itself passed in between.
        assertTrue(timers == 1 || timers == 2, timers + " timers");
    }

    @Test
    void whenNobodyIsReachedItIsSaidOnceAndThePhonesGoOnRinging() {
        town.with("dolbom.response.rounds", 1)
                .with("dolbom.response.step-wait", "200ms")
                .with("dolbom.response.slow-step-wait", "300ms")
                .start();
        town.minji().fault(Fault.API_400);
        town.junho().fault(Fault.API_400);
        UUID alert = town.raise("critical");
        await().atMost(SOON).until(() -> town.attempts(alert).size() >= 10);

        assertEquals("escalating", town.stateOf(alert));
        assertEquals(
                1, town.events(alert).stream().filter("nobody-reached"::equals).count());
    }

    @Test
    void whoAsksAgainLongAfterItWasTakenHasPeopleCalledAnew() {
        town.with("dolbom.response.step-wait", "10m").start();
        UUID alert = town.raise("critical");
        take(town.minji());
        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        town.execute("update alert set acknowledged_at = now() - interval '3 minutes'");
        askAgain(alert);
        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached", "2 sms delivered", "2 voice ringing");

        assertEquals("escalating", town.stateOf(alert));
        assertEquals(2, town.minji().rings().size());
        assertEquals(
                "nobody",
                town.text(
                        "select coalesce(acknowledged_by::text, 'nobody') as text from alert where alert_id = :value",
                        alert));
    }

    @Test
    void whoAsksAgainSoonAfterItWasTakenIsOnTheTimelineOnly() {
        AlertResponse response = town.start().getApplicationContext().getBean(AlertResponse.class);
        UUID alert = town.raise("critical");
        take(town.minji());
        town.awaitAttempts(alert, "1 sms delivered", "1 voice reached");
        askAgain(alert);
        response.advance(alert);

        assertEquals("acknowledged", town.stateOf(alert));
        assertTrue(town.events(alert).contains("again"));
        assertEquals(2, town.attempts(alert).size());
    }

    /// As the risk engine does.
    private void askAgain(UUID alert) {
        town.transactions.run(connection -> {
            Timeline.add(connection, alert, Instant.now(), EventType.AGAIN, Timeline.PLATFORM, Map.of());
            AlertStore.tellAll(connection, alert);
            return alert;
        });
    }

    private static void take(Phone phone) {
        phone.answer();
        phone.press("1");
        phone.awaitCallEnd(SOON);
    }

    private static void stays(int firstRings, Phone first, int secondRings, Phone second) {
        await().during(A_WHILE)
                .atMost(SOON)
                .until(() ->
                        first.rings().size() == firstRings && second.rings().size() == secondRings);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

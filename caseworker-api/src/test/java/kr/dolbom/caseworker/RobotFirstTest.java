package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.SOON;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kr.dolbom.sim.phone.rest.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RobotFirstTest {
    private static final Duration A_WHILE = Duration.ofMillis(700);
    private static final String QUESTION = "check-in: 김영자 님, 괜찮으세요? 괜찮으시면 '괜찮아'라고 말씀하시거나 제 손을 잡아 주세요.";

    private final Town town = new Town().with("dolbom.robot.delivery", "1m");

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void anUrgentAlertAsksTheRobotAndNobodyRingsWhenAllIsWell() {
        town.start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);
        assertEquals("checking-in", town.stateOf(alert));
        town.answer(alert, "fine");
        await().atMost(SOON).until(() -> town.stateOf(alert).equals("resolved"));

        assertEquals("resident-ok", town.text("select outcome as text from alert where alert_id = :value", alert));
        assertEquals(List.of(QUESTION, "speak: 알겠어요. 괜찮다고 전해 드릴게요."), town.commands(alert));
        assertEquals(0, town.phones.requests(RequestKind.CREATE_CALL));
        assertEquals(0, town.phones.requests(RequestKind.CREATE_MESSAGE));
        assertEquals(
                List.of("raised", "check-in-asked", "check-in-answered", "resolved", "robot-told"), town.events(alert));
    }

    @Test
    void whoNeedsHelpIsHeardAndPeopleAreCalled() {
        town.start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);
        town.answer(alert, "need-help");
        town.minji().awaitRinging(SOON);

        assertEquals(
                "speak: 네, 들었어요. 지금 바로 도움을 부를게요. 제가 옆에 있을게요.",
                town.commands(alert).getLast());
    }

    @Test
    void withoutAnAnswerPeopleAreCalled() {
        town.start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);
        town.answer(alert, "no-answer");
        town.minji().awaitRinging(SOON);

        assertEquals("speak: 대답이 없으셔서 담당 선생님께 알려 드릴게요.", town.commands(alert).getLast());
    }

    @Test
    void aDeviceThatNeverReportsBackCountsAsNoAnswer() {
        town.start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);
        town.execute(
                "update device_command set state = 'delivered', delivered_at = now() - interval '4500 milliseconds'");
        town.execute("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                select 'alert-look-again', alert_id || '@test', now(), false, 1 from alert""");
        town.minji().awaitRinging(SOON);

        assertEquals("escalating", town.stateOf(alert));
    }

    @Test
    void aQuestionThatDoesNotReachTheDeviceCallsPeople() {
        town.with("dolbom.robot.delivery", "500ms").start();
        UUID alert = town.raise("urgent", "silence");
        town.minji().awaitRinging(SOON);

        assertEquals(List.of(QUESTION), town.commands(alert));
    }

    @Test
    void aQuestionThatTheDeviceRefusesCallsPeopleAtOnce() {
        town.start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);
        town.refuse(alert, "implementation-specific-error");
        town.minji().awaitRinging(SOON);

        assertEquals("escalating", town.stateOf(alert));
    }

    @Test
    void aQuestionThatWasSentIsNotYetAsked() {
        town.with("dolbom.robot.delivery", "500ms").start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);
        town.execute("update device_command set state = 'sent', sent_at = now()");
        town.minji().awaitRinging(SOON);

        assertEquals("people-called", town.events(alert).get(2));
    }

    @Test
    void withoutAConnectedDevicePeopleAreCalledAtOnce() {
        town.execute("update device_presence set connected = false");
        town.start();
        UUID alert = town.raise("urgent", "silence");
        town.minji().awaitRinging(SOON);

        assertEquals(List.of(), town.commands(alert));
        assertEquals("people-called", town.events(alert).get(1));
    }

    @Test
    void aCheckInAlertWithoutAnAnswerIsTextedAndNothingRings() {
        town.start();
        UUID alert = town.raise("check-in", "silence");
        awaitQuestion(alert);
        town.answer(alert, "no-answer");
        town.awaitAttempts(alert, "1 sms delivered");

        await().during(A_WHILE).atMost(SOON).until(() -> town.phones.requests(RequestKind.CREATE_CALL) == 0);
        assertEquals("escalating", town.stateOf(alert));
    }

    @Test
    void aReviewAlertAsksNobodyAndRingsNowhere() {
        town.start();
        UUID alert = town.raise("review", "device");
        await().atMost(SOON).until(() -> town.events(alert).contains("raised"));

        await().during(A_WHILE).atMost(SOON).until(() -> town.phones.requests(RequestKind.CREATE_CALL) == 0);
        assertEquals("raised", town.stateOf(alert));
        assertEquals(List.of(), town.commands(alert));
    }

    @Test
    void theQuestionIsTheContractsAndTheBrokerIsTold() {
        town.start();
        UUID alert = town.raise("urgent", "silence");
        awaitQuestion(alert);

        assertEquals(
                "{\"language\": \"ko\", \"question\": \"" + QUESTION.substring("check-in: ".length())
                        + "\", \"timeLimitSeconds\": 5}",
                town.text("select data::text as text from device_command where alert_id = :value", alert));
        assertFalse(town.events(alert).contains("people-called"));
        assertTrue(town.attempts(alert).isEmpty());
    }

    private void awaitQuestion(UUID alert) {
        await().atMost(SOON).until(() -> town.commands(alert).contains(QUESTION));
    }
}

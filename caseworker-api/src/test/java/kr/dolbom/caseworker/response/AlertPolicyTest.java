package kr.dolbom.caseworker.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Recipient;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.robot.Inquiry;
import kr.dolbom.contract.telemetry.CheckInAnswer.Answer;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:10:00Z");
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration SLOW_WAIT = Duration.ofMinutes(5);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(2);
    private static final Recipient FIRST = new Recipient(Alert.Person.caseworker(1, new UUID(0, 1), "이민지"), "+821011110001", "ko");
    private static final Recipient SECOND = new Recipient(Alert.Person.caseworker(2, new UUID(0, 2), "박준호"), "+821022220002", "ko");

    private final AlertPolicy policy = new AlertPolicy(new ResponseSettings(
            Duration.ofSeconds(10),
            WAIT,
            2,
            SLOW_WAIT,
            Duration.ofSeconds(30),
            AGAIN_AFTER,
            Duration.ofHours(24),
            Duration.ofSeconds(15),
            Duration.ofMillis(500)));

    @Test
    void aCriticalAlertCallsPeopleAtOnceWhateverTheRobotDoes() {
        assertEquals(
                new Decision.CallPeople(Decision.Why.CRITICAL), decide(Tier.CRITICAL, new AlertState.Raised(), true));
        assertEquals(
                new Decision.CallPeople(Decision.Why.CRITICAL),
                decide(Tier.CRITICAL, new AlertState.CheckingIn(new Inquiry.OnItsWay(NOW.plusSeconds(5))), true));
    }

    @Test
    void anUrgentAlertAsksFirstWhereSomebodyCanBeAsked() {
        assertEquals(new Decision.AskRobot(), decide(Tier.URGENT, new AlertState.Raised(), true));
        assertEquals(
                new Decision.CallPeople(Decision.Why.ROBOT_UNREACHABLE),
                decide(Tier.URGENT, new AlertState.Raised(), false));
    }

    @Test
    void theAnswerIsWaitedForUntilTheLimitAndTheGraceHavePassed() {
        var asked = new AlertState.CheckingIn(new Inquiry.Asked(NOW.minusSeconds(129), Duration.ofMinutes(2)));
        assertEquals(new Decision.LookAgain(NOW.plusSeconds(1)), decide(Tier.URGENT, asked, true));
        var late = new AlertState.CheckingIn(new Inquiry.Asked(NOW.minusSeconds(130), Duration.ofMinutes(2)));
        assertEquals(new Decision.CallPeople(Decision.Why.NO_ANSWER), decide(Tier.URGENT, late, true));
    }

    @Test
    void whoNeedsHelpGetsItInEveryTier() {
        for (Tier tier : List.of(Tier.URGENT, Tier.CHECK_IN)) {
            assertEquals(
                    new Decision.CallPeople(Decision.Why.NEEDS_HELP),
                    decide(tier, new AlertState.CheckingIn(new Inquiry.Answered(Answer.NEED_HELP)), true));
        }
    }

    @Test
    void aCheckInAlertThatNobodyAnswersIsNotedOnceAndRests() {
        var state = new AlertState.CheckingIn(new Inquiry.Answered(Answer.NO_ANSWER));
        assertEquals(new Decision.Note(EventType.NO_ANSWER), decide(Tier.CHECK_IN, state, true));
        assertEquals(
                new Decision.Rest(),
                policy.decide(
                        new Situation(Tier.CHECK_IN, state, true, List.of(FIRST), Set.of(EventType.NO_ANSWER)), NOW));
    }

    @Test
    void theNextStepIsTakenWhenTheWaitIsOverOrTheCallIs() {
        assertEquals(new Decision.TakeStep(1, FIRST), escalate(List.of()));
        assertEquals(
                new Decision.LookAgain(NOW.plusSeconds(1)), escalate(List.of(step(1, WAIT.minusSeconds(1), false))));
        assertEquals(new Decision.TakeStep(2, SECOND), escalate(List.of(step(1, WAIT, false))));
        assertEquals(new Decision.TakeStep(2, SECOND), escalate(List.of(step(1, Duration.ofSeconds(1), true))));
    }

    @Test
    void aPersonIsNotCalledAgainBeforeTheWaitIsOverEvenWhenAllCallsFailAtOnce() {
        Step first = step(1, Duration.ofSeconds(2), true);
        Step second = step(2, Duration.ofSeconds(1), true);
        assertEquals(new Decision.LookAgain(first.startedAt().plus(WAIT)), escalate(List.of(first, second)));
        assertEquals(
                new Decision.TakeStep(3, FIRST),
                escalate(List.of(step(1, WAIT, true), step(2, Duration.ofSeconds(59), true))));
    }

    @Test
    void afterTheLastRoundItIsSaidThatNobodyWasReached() {
        List<Step> steps = List.of(
                step(1, WAIT.multipliedBy(4), true),
                step(2, WAIT.multipliedBy(3), true),
                step(3, WAIT.multipliedBy(2), true),
                step(4, WAIT, true));
        assertEquals(new Decision.Note(EventType.NOBODY_REACHED), escalate(steps));
    }

    @Test
    void whenThatIsSaidTheCallsGoOnMoreSlowly() {
        assertEquals(
                new Decision.LookAgain(NOW.plusSeconds(1)),
                escalateUnreached(List.of(step(4, SLOW_WAIT.minusSeconds(1), true))));
        assertEquals(new Decision.TakeStep(5, FIRST), escalateUnreached(List.of(step(4, SLOW_WAIT, true))));
        assertEquals(new Decision.TakeStep(100, SECOND), escalateUnreached(List.of(step(99, SLOW_WAIT, false))));
    }

    @Test
    void withNobodyOnCallItIsSaidOnceAndLookedAgain() {
        var state = new AlertState.Escalating(0, List.of());
        assertEquals(
                new Decision.Note(EventType.NOBODY_ON_CALL),
                policy.decide(new Situation(Tier.CRITICAL, state, true, List.of(), Set.of()), NOW));
        assertEquals(
                new Decision.LookAgain(NOW.plusSeconds(30)),
                policy.decide(
                        new Situation(Tier.CRITICAL, state, true, List.of(), Set.of(EventType.NOBODY_ON_CALL)),
                        NOW.plusSeconds(11)));
    }

    @Test
    void whatSomebodyHasOrIsOverRests() {
        assertEquals(new Decision.Rest(), decide(Tier.CRITICAL, new AlertState.Acknowledged(NOW, null), true));
        assertEquals(new Decision.Rest(), decide(Tier.CRITICAL, new AlertState.Resolved(), true));
    }

    @Test
    void whoAsksAgainLongAfterSomebodyTookACriticalAlertIsHeardAgain() {
        var soon = new AlertState.Acknowledged(NOW.minus(AGAIN_AFTER), NOW);
        var late = new AlertState.Acknowledged(NOW.minus(AGAIN_AFTER).minusSeconds(1), NOW);
        assertEquals(new Decision.Rest(), decide(Tier.CRITICAL, soon, true));
        assertEquals(new Decision.CallPeople(Decision.Why.AGAIN), decide(Tier.CRITICAL, late, true));
        assertEquals(new Decision.Rest(), decide(Tier.URGENT, late, true));
    }

    @Test
    void whenPeopleAreCalledAnewTheStepsGoOnAndTheFirstPositionIsFirstAgain() {
        assertEquals(
                new Decision.TakeStep(2, FIRST), decide(Tier.CRITICAL, new AlertState.Escalating(1, List.of()), true));
        assertEquals(
                new Decision.TakeStep(3, SECOND),
                decide(Tier.CRITICAL, new AlertState.Escalating(1, List.of(step(2, WAIT, true))), true));
        assertEquals(
                new Decision.TakeStep(102, FIRST),
                decide(Tier.CRITICAL, new AlertState.Escalating(101, List.of()), true));
    }

    private Decision escalateUnreached(List<Step> steps) {
        var state = new AlertState.Escalating(0, steps);
        var noted = Set.of(EventType.NOBODY_REACHED);
        return policy.decide(new Situation(Tier.CRITICAL, state, true, List.of(FIRST, SECOND), noted), NOW);
    }

    private Decision escalate(List<Step> steps) {
        return decide(Tier.CRITICAL, new AlertState.Escalating(0, steps), true);
    }

    private Decision decide(Tier tier, AlertState state, boolean canAsk) {
        return policy.decide(new Situation(tier, state, canAsk, List.of(FIRST, SECOND), Set.of()), NOW);
    }

    private static Step step(int number, Duration ago, boolean callOver) {
        return new Step(number, NOW.minus(ago), callOver);
    }
}

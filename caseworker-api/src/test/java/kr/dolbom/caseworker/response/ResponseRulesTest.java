package kr.dolbom.caseworker.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.Slot;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.escalation.Target;
import kr.dolbom.caseworker.robot.Inquiry;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.contract.telemetry.CheckInAnswer.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:10:00Z");
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration SLOW_WAIT = Duration.ofMinutes(5);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(2);
    private static final Recipient FIRST =
            new Recipient(Alert.Person.caseworker(1, new UUID(0, 1), "이민지"), "+821011110001", "ko");
    private static final Recipient SECOND =
            new Recipient(Alert.Person.caseworker(2, new UUID(0, 2), "박준호"), "+821022220002", "ko");

    private static final Set<Channel> CHANNELS = Set.of(Channel.VOICE, Channel.SMS);
    private static final Policy POLICY = new Policy(
            List.of(new Policy.PolicyStep(List.of(Target.ON_CALL), CHANNELS, WAIT, 1, false)),
            2,
            true,
            SLOW_WAIT,
            Duration.ofMinutes(30));
    private static final List<Slot> SLOTS = Slot.of(POLICY, Map.of(Target.ON_CALL, List.of(FIRST, SECOND)));
    private static final Duration REMINDER_WAIT = Duration.ofMinutes(5);
    private static final Duration REMIND_AFTER = Duration.ofMinutes(30);

    private final ResponseRules rules = new ResponseRules(new ResponseSettings(
            Duration.ofSeconds(10),
            WAIT,
            2,
            SLOW_WAIT,
            Duration.ofSeconds(30),
            AGAIN_AFTER,
            REMINDER_WAIT,
            REMIND_AFTER,
            Duration.ofHours(1),
            Duration.ofHours(2),
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
        assertEquals(new Decision.CallPeople(Decision.Why.NO_ANSWER), decide(Tier.URGENT, late, false));
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
    void whenOneDeviceGetsNoAnswerAnotherOneInTheHomeAsks() {
        var state = new AlertState.CheckingIn(new Inquiry.Answered(Answer.NO_ANSWER));
        assertEquals(new Decision.AskRobot(), decide(Tier.URGENT, state, true));
        assertEquals(new Decision.CallPeople(Decision.Why.NO_ANSWER), decide(Tier.URGENT, state, false));
        assertEquals(new Decision.CallPeople(Decision.Why.NO_ANSWER), decide(Tier.CHECK_IN, state, false));
    }

    @Test
    void aReviewAlertIsAskedAboutAndStaysWhateverTheAnswer() {
        assertEquals(new Decision.AskRobot(), decide(Tier.REVIEW, new AlertState.Raised(), true));
        var fine = new AlertState.CheckingIn(new Inquiry.Answered(Answer.FINE));
        assertEquals(new Decision.Rest(), decide(Tier.REVIEW, fine, false));
        var silent = new AlertState.CheckingIn(new Inquiry.Answered(Answer.NO_ANSWER));
        assertEquals(
                new Decision.Note(EventType.NO_ANSWER),
                rules.decide(
                        new Situation(
                                Tier.REVIEW, false, true, silent, false, null, List.of(), Set.of(), null, null, null),
                        NOW));
        assertEquals(
                new Decision.Rest(),
                rules.decide(
                        new Situation(
                                Tier.REVIEW,
                                false,
                                true,
                                silent,
                                false,
                                null,
                                List.of(),
                                Set.of(EventType.NO_ANSWER),
                                null,
                                null,
                                null),
                        NOW));
    }

    @Test
    void aReviewAlertAboutADeviceAsksNobody() {
        assertEquals(
                new Decision.Rest(),
                rules.decide(
                        new Situation(
                                Tier.REVIEW,
                                false,
                                false,
                                new AlertState.Raised(),
                                true,
                                null,
                                List.of(),
                                Set.of(),
                                null,
                                null,
                                null),
                        NOW));
    }

    @Test
    void inQuietHoursACheckInWaitsAndWhatIsUrgentDoesNot() {
        Instant morning = NOW.plus(Duration.ofHours(5));
        assertEquals(new Decision.LookAgain(morning), quiet(Tier.CHECK_IN, new AlertState.Raised(), morning));
        assertEquals(
                new Decision.LookAgain(morning),
                quiet(Tier.CHECK_IN, new AlertState.Escalating(0, List.of()), morning));
        assertEquals(new Decision.AskRobot(), decide(Tier.URGENT, new AlertState.Raised(), true));
    }

    @Test
    void anotherAlertAboutAResidentWhomSomebodyHasAlreadyGoesToThemWithoutARing() {
        var situation = new Situation(
                Tier.URGENT,
                false,
                true,
                new AlertState.Raised(),
                true,
                POLICY,
                SLOTS,
                Set.of(),
                null,
                null,
                FIRST.person());
        assertEquals(new Decision.Join(FIRST.person()), rules.decide(situation, NOW));
    }

    @Test
    void whoHasAnAlertForLongIsAskedTwiceAndThenPeopleAreCalledAnew() {
        assertEquals(new Decision.LookAgain(NOW.plusSeconds(1)), owned(REMIND_AFTER.minusSeconds(1), List.of(), null));
        assertEquals(new Decision.Remind(8), owned(REMIND_AFTER, List.of(), null));
        Step first = reminder(6, REMINDER_WAIT.minusSeconds(1));
        assertEquals(new Decision.LookAgain(NOW.plusSeconds(1)), owned(REMIND_AFTER, List.of(first), null));
        assertEquals(new Decision.Remind(8), owned(REMIND_AFTER, List.of(reminder(6, REMINDER_WAIT)), null));
        assertEquals(
                new Decision.CallPeople(Decision.Why.FORGOTTEN),
                owned(REMIND_AFTER, List.of(reminder(6, REMINDER_WAIT), reminder(7, REMINDER_WAIT)), null));
    }

    @Test
    void whoSnoozedIsNotAskedBefore() {
        assertEquals(
                new Decision.LookAgain(NOW.plusSeconds(60)),
                rules.decide(
                        situation(
                                Tier.CRITICAL,
                                new AlertState.Acknowledged(
                                        NOW.minus(REMIND_AFTER),
                                        NOW.minus(REMIND_AFTER),
                                        NOW.plusSeconds(60),
                                        false,
                                        false,
                                        null,
                                        List.of(),
                                        null,
                                        1),
                                true),
                        NOW));
    }

    @Test
    void whatIsGivenBackOrNotTakenOverIsNotForgotten() {
        var givenBack = new AlertState.Acknowledged(NOW, NOW, null, true, false, null, List.of(), null, 1);
        assertEquals(new Decision.CallPeople(Decision.Why.GIVEN_BACK), decide(Tier.URGENT, givenBack, true));
        Step waiting = new Step(2, Purpose.HAND_OVER, NOW.minus(REMINDER_WAIT).plusSeconds(1), NOW, false);
        assertEquals(new Decision.LookAgain(NOW.plusSeconds(1)), owned(Duration.ZERO, List.of(), waiting));
        Step declined = new Step(2, Purpose.HAND_OVER, NOW, NOW, true);
        assertEquals(new Decision.Note(EventType.HAND_OVER_FAILED), owned(Duration.ZERO, List.of(), declined));
    }

    @Test
    void aPolicyThatDoesNotKeepOnEndsWhenNobodyWasReached() {
        var once = new Policy(POLICY.steps(), 1, false, SLOW_WAIT, null);
        var state = new AlertState.Escalating(0, List.of(step(1, WAIT, true), step(2, WAIT, true)));
        assertEquals(
                new Decision.Note(EventType.NOBODY_REACHED),
                rules.decide(
                        new Situation(Tier.URGENT, false, true, state, true, once, SLOTS, Set.of(), null, null, null),
                        NOW));
        assertEquals(
                new Decision.Rest(),
                rules.decide(
                        new Situation(
                                Tier.URGENT,
                                false,
                                true,
                                state,
                                true,
                                once,
                                SLOTS,
                                Set.of(EventType.NOBODY_REACHED),
                                null,
                                null,
                                null),
                        NOW));
    }

    @Test
    void aStepWaitsFromWhenItsCallIsMadeAndAtTheSameMomentsForWhoeverAsksBefore() {
        Instant taken = NOW.minusSeconds(70);
        var inLine = new Step(1, Purpose.ALERT, taken, null, false);
        assertEquals(new Decision.LookAgain(taken.plusSeconds(120)), escalate(List.of(inLine)));
        var made = new Step(1, Purpose.ALERT, taken, NOW.minusSeconds(10), false);
        assertEquals(new Decision.LookAgain(NOW.plusSeconds(50)), escalate(List.of(made)));
    }

    @Test
    void theNextStepIsTakenWhenTheWaitIsOverOrTheCallIs() {
        assertEquals(call(1, FIRST), escalate(List.of()));
        assertEquals(
                new Decision.LookAgain(NOW.plusSeconds(1)), escalate(List.of(step(1, WAIT.minusSeconds(1), false))));
        assertEquals(call(2, SECOND), escalate(List.of(step(1, WAIT, false))));
        assertEquals(call(2, SECOND), escalate(List.of(step(1, Duration.ofSeconds(1), true))));
    }

    @Test
    void aPersonIsNotCalledAgainBeforeTheWaitIsOverEvenWhenAllCallsFailAtOnce() {
        Step first = step(1, Duration.ofSeconds(2), true);
        Step second = step(2, Duration.ofSeconds(1), true);
        assertEquals(new Decision.LookAgain(first.startedAt().plus(WAIT)), escalate(List.of(first, second)));
        assertEquals(call(3, FIRST), escalate(List.of(step(1, WAIT, true), step(2, Duration.ofSeconds(59), true))));
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
        assertEquals(call(5, FIRST), escalateUnreached(List.of(step(4, SLOW_WAIT, true))));
        assertEquals(call(100, SECOND), escalateUnreached(List.of(step(99, SLOW_WAIT, false))));
    }

    @Test
    void withNobodyOnCallItIsSaidOnceAndLookedAgain() {
        var state = new AlertState.Escalating(0, List.of());
        assertEquals(
                new Decision.Note(EventType.NOBODY_ON_CALL),
                rules.decide(
                        new Situation(
                                Tier.CRITICAL, false, true, state, true, POLICY, List.of(), Set.of(), null, null, null),
                        NOW));
        assertEquals(
                new Decision.LookAgain(NOW.plusSeconds(30)),
                rules.decide(
                        new Situation(
                                Tier.CRITICAL,
                                false,
                                true,
                                state,
                                true,
                                POLICY,
                                List.of(),
                                Set.of(EventType.NOBODY_ON_CALL),
                                null,
                                null,
                                null),
                        NOW.plusSeconds(11)));
    }

    @Test
    void whatSomebodyHasOrIsOverRests() {
        assertEquals(
                new Decision.LookAgain(NOW.plus(REMIND_AFTER)), decide(Tier.CRITICAL, acknowledged(NOW, null), true));
        assertEquals(new Decision.Rest(), decide(Tier.CRITICAL, new AlertState.Resolved(), true));
    }

    @Test
    void whoAsksAgainLongAfterSomebodyTookACriticalAlertIsHeardAgain() {
        var soon = acknowledged(NOW.minus(AGAIN_AFTER), NOW);
        var late = acknowledged(NOW.minus(AGAIN_AFTER).minusSeconds(1), NOW);
        assertEquals(
                new Decision.LookAgain(NOW.minus(AGAIN_AFTER).plus(REMIND_AFTER)), decide(Tier.CRITICAL, soon, true));
        assertEquals(new Decision.CallPeople(Decision.Why.AGAIN), decide(Tier.CRITICAL, late, true));
        assertEquals(
                new Decision.LookAgain(NOW.minus(AGAIN_AFTER).minusSeconds(1).plus(REMIND_AFTER)),
                decide(Tier.URGENT, late, true));
    }

    @Test
    void whenPeopleAreCalledAnewTheStepsGoOnAndTheFirstPositionIsFirstAgain() {
        assertEquals(call(2, FIRST), decide(Tier.CRITICAL, new AlertState.Escalating(1, List.of()), true));
        assertEquals(
                call(3, SECOND),
                decide(Tier.CRITICAL, new AlertState.Escalating(1, List.of(step(2, WAIT, true))), true));
        assertEquals(call(102, FIRST), decide(Tier.CRITICAL, new AlertState.Escalating(101, List.of()), true));
    }

    @Test
    void maintenanceHoldsBackWhateverReachesAPersonOrAHomeAndTheMostUrgentGoesOnFirst() {
        Instant until = NOW.plusSeconds(600);
        var escalating = new AlertState.Escalating(0, List.of());
        for (AlertState state :
                List.of(new AlertState.Raised(), escalating, new AlertState.CheckingIn(new Inquiry.Lost()))) {
            assertEquals(new Decision.Hold(until), held(Tier.URGENT, state, Set.of(), until));
        }
        Set<EventType> noted = Set.of(EventType.HELD);
        assertEquals(
                new Decision.LookAgain(until.plusMillis(1)), held(Tier.URGENT, new AlertState.Raised(), noted, until));
        assertEquals(
                new Decision.LookAgain(until.plusMillis(2)),
                held(Tier.CHECK_IN, new AlertState.Raised(), noted, until));
        assertEquals(call(1, FIRST), held(Tier.URGENT, escalating, noted, null));
    }

    @Test
    void maintenanceHoldsNeitherACriticalAlertNorSomebodyWhoSaysThatTheyNeedHelpNorGoodNews() {
        Instant until = NOW.plusSeconds(600);
        assertEquals(
                new Decision.CallPeople(Decision.Why.CRITICAL),
                held(Tier.CRITICAL, new AlertState.Raised(), Set.of(), until));
        assertEquals(
                new Decision.CallPeople(Decision.Why.NEEDS_HELP),
                held(Tier.URGENT, answered(Answer.NEED_HELP), Set.of(), until));
        assertEquals(new Decision.ResolveFine(), held(Tier.URGENT, answered(Answer.FINE), Set.of(), until));
    }

    private static AlertState answered(Answer answer) {
        return new AlertState.CheckingIn(new Inquiry.Answered(answer));
    }

    private Decision held(Tier tier, AlertState state, Set<EventType> noted, @Nullable Instant until) {
        return rules.decide(
                new Situation(tier, false, true, state, true, POLICY, SLOTS, noted, null, until, null), NOW);
    }

    private static Decision call(int number, Recipient who) {
        return new Decision.TakeStep(number, new Slot(List.of(who), CHANNELS, WAIT));
    }

    private static AlertState.Acknowledged acknowledged(Instant at, @Nullable Instant askedAgainAt) {
        return new AlertState.Acknowledged(at, at, null, false, false, askedAgainAt, List.of(), null, 1);
    }

    private Decision owned(Duration ago, List<Step> reminders, @Nullable Step handOver) {
        Instant at = NOW.minus(ago);
        return decide(
                Tier.CRITICAL,
                new AlertState.Acknowledged(at, at, null, false, false, null, reminders, handOver, 7),
                true);
    }

    private static Step reminder(int number, Duration ago) {
        return new Step(number, Purpose.REMINDER, NOW.minus(ago), NOW.minus(ago), false);
    }

    private Decision quiet(Tier tier, AlertState state, Instant until) {
        return rules.decide(
                new Situation(tier, false, true, state, true, POLICY, SLOTS, Set.of(), until, null, null), NOW);
    }

    private Decision escalateUnreached(List<Step> steps) {
        var state = new AlertState.Escalating(0, steps);
        var noted = Set.of(EventType.NOBODY_REACHED);
        return rules.decide(
                new Situation(Tier.CRITICAL, false, true, state, true, POLICY, SLOTS, noted, null, null, null), NOW);
    }

    private Decision escalate(List<Step> steps) {
        return decide(Tier.CRITICAL, new AlertState.Escalating(0, steps), true);
    }

    private Decision decide(Tier tier, AlertState state, boolean canAsk) {
        return rules.decide(situation(tier, state, canAsk), NOW);
    }

    private static Situation situation(Tier tier, AlertState state, boolean canAsk) {
        return new Situation(tier, false, true, state, canAsk, POLICY, SLOTS, Set.of(), null, null, null);
    }

    private static Step step(int number, Duration ago, boolean callOver) {
        return new Step(number, Purpose.ALERT, NOW.minus(ago), NOW.minus(ago), callOver);
    }
}

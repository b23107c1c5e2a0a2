package kr.dolbom.caseworker.response;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.Slot;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.response.Decision.AskRobot;
import kr.dolbom.caseworker.response.Decision.CallPeople;
import kr.dolbom.caseworker.response.Decision.Hold;
import kr.dolbom.caseworker.response.Decision.Join;
import kr.dolbom.caseworker.response.Decision.LookAgain;
import kr.dolbom.caseworker.response.Decision.Note;
import kr.dolbom.caseworker.response.Decision.Remind;
import kr.dolbom.caseworker.response.Decision.ResolveFine;
import kr.dolbom.caseworker.response.Decision.Rest;
import kr.dolbom.caseworker.response.Decision.TakeStep;
import kr.dolbom.caseworker.response.Decision.Why;
import kr.dolbom.caseworker.robot.Inquiry;
import org.jspecify.annotations.Nullable;

/// The rules of the response: a pure function of the situation and the time.
final class ResponseRules {
    private static final int REMINDERS = 2;

    private final ResponseSettings settings;

    ResponseRules(ResponseSettings settings) {
        this.settings = settings;
    }

    /// What to do next.
    Decision decide(Situation situation, Instant now) {
        Decision decision = decideUnheld(situation, now);
        Instant heldUntil = situation.heldUntil();
        if (heldUntil == null || situation.tier() == Tier.CRITICAL || !isHeldBack(decision)) {
            return decision;
        }
        // The timers of one moment are taken up in their order: the most urgent goes on first.
        return situation.noted().contains(EventType.HELD)
                ? new LookAgain(heldUntil.plusMillis(situation.tier().compareTo(Tier.CRITICAL)))
                : new Hold(heldUntil);
    }

    /// Whether maintenance holds it back: whatever would reach a person or a home. Who says that they need help is
    /// helped.
    private static boolean isHeldBack(Decision decision) {
        return switch (decision) {
            case AskRobot _, TakeStep _, Remind _, Join _ -> true;
            case CallPeople(Why why) -> why != Why.NEEDS_HELP;
            case Rest _, LookAgain _, Note _, Hold _, ResolveFine _ -> false;
        };
    }

    private Decision decideUnheld(Situation situation, Instant now) {
        return switch (situation.state()) {
            case AlertState.Raised _ -> begin(situation);
            case AlertState.CheckingIn(Inquiry inquiry) -> hear(situation, inquiry, now);
            case AlertState.Escalating escalating -> escalate(situation, escalating, now);
            case AlertState.Acknowledged acknowledged -> keep(situation, acknowledged, now);
            case AlertState.Resolved _ -> new Rest();
        };
    }

    private static Decision begin(Situation situation) {
        Alert.Person owner = situation.otherOwner();
        if (owner != null) {
            return new Join(owner);
        }
        Instant quietUntil = situation.quietUntil();
        return switch (situation.tier()) {
            case CRITICAL -> new CallPeople(Why.CRITICAL);
            case URGENT -> situation.canAsk() ? new AskRobot() : unreachable(situation);
            case CHECK_IN, REVIEW -> {
                if (situation.tier() == Tier.REVIEW && !situation.isAboutPerson()) {
                    yield new Rest();
                }
                if (quietUntil != null) {
                    yield new LookAgain(quietUntil);
                }
                yield situation.canAsk() ? new AskRobot() : unreachable(situation);
            }
        };
    }

    private Decision hear(Situation situation, Inquiry inquiry, Instant now) {
        if (situation.tier() == Tier.CRITICAL) {
            return new CallPeople(Why.CRITICAL);
        }
        return switch (inquiry) {
            case Inquiry.OnItsWay(Instant expiresAt) -> {
                Instant lost = expiresAt.plus(settings.answerGrace());
                yield now.isBefore(lost) ? new LookAgain(lost) : unreachable(situation);
            }
            case Inquiry.Asked asked -> {
                Instant late = asked.askedAt().plus(asked.timeLimit()).plus(settings.answerGrace());
                yield now.isBefore(late) ? new LookAgain(late) : unanswered(situation);
            }
            case Inquiry.Answered answered ->
                switch (answered.answer()) {
                    // What has changed over weeks is not refuted by a word: somebody looks at it all the same.
                    case FINE -> {
                        if (situation.isRaised()) {
                            // It was no answer to what is known now.
                            yield new CallPeople(Why.RAISED);
                        }
                        yield situation.tier() == Tier.REVIEW ? new Rest() : new ResolveFine();
                    }
                    case NEED_HELP -> new CallPeople(Why.NEEDS_HELP);
                    case NO_ANSWER -> unanswered(situation);
                };
            case Inquiry.Lost _ -> unreachable(situation);
        };
    }

    private static Decision unanswered(Situation situation) {
        return callOrNote(situation, EventType.NO_ANSWER, Why.NO_ANSWER);
    }

    private static Decision unreachable(Situation situation) {
        return callOrNote(situation, EventType.ROBOT_UNREACHABLE, Why.ROBOT_UNREACHABLE);
    }

    /// Another device in the home first, then people.
    private static Decision callOrNote(Situation situation, EventType type, Why why) {
        if (situation.canAsk()) {
            return new AskRobot();
        }
        if (situation.policy() == null) {
            return situation.noted().contains(type) ? new Rest() : new Note(type);
        }
        return new CallPeople(why);
    }

    private Decision escalate(Situation situation, AlertState.Escalating escalating, Instant now) {
        Policy policy = situation.policy();
        if (situation.isRaised()) {
            return new CallPeople(Why.RAISED);
        }
        if (policy == null) {
            return new Rest();
        }
        Instant quietUntil = situation.quietUntil();
        if (quietUntil != null && !situation.tier().isUrgent()) {
            return new LookAgain(quietUntil);
        }
        List<Slot> slots = situation.slots();
        Optional<Step> last = escalating.last();
        int taken = last.map(Step::number).orElse(escalating.before()) - escalating.before();
        if (last.isPresent() && !last.get().callOver() && !slots.isEmpty()) {
            Duration waitTime = slots.get((taken - 1) % slots.size()).waitTime();
            Instant end = endOf(last.get(), waitTime, now);
            if (now.isBefore(end)) {
                return new LookAgain(end);
            }
        }
        if (slots.isEmpty()) {
            return situation.noted().contains(EventType.NOBODY_ON_CALL)
                    ? new LookAgain(nextRetry(now))
                    : new Note(EventType.NOBODY_ON_CALL);
        }
        int next = escalating.before() + taken + 1;
        Slot slot = slots.get(taken % slots.size());
        boolean isSlow = taken >= policy.rounds() * slots.size();
        if (isSlow && !situation.noted().contains(EventType.NOBODY_REACHED)) {
            return new Note(EventType.NOBODY_REACHED);
        }
        if (isSlow && !policy.keepsOn()) {
            return new Rest();
        }
        // When every call fails at once, a provider's outage must not burn all rounds in a moment.
        Optional<Instant> again = isSlow
                ? last.map(step -> step.startedAt().plus(policy.slowWait()))
                : escalating
                        .find(next - slots.size())
                        .map(step -> step.startedAt().plus(slot.waitTime()));
        if (again.isPresent() && now.isBefore(again.get())) {
            return new LookAgain(again.get());
        }
        return new TakeStep(next, slot);
    }

    /// Until when a step waits. Nobody has had time to answer a call that still waits for its turn: then it is the next
    /// moment for everybody who asks meanwhile, as in [#nextRetry(Instant)].
    private static Instant endOf(Step step, Duration waitTime, Instant now) {
        Instant since = step.waitsSince();
        if (since != null) {
            return since.plus(waitTime);
        }
        long waits =
                Math.floorDiv(Duration.between(step.startedAt(), now).toMillis(), Math.max(1, waitTime.toMillis()));
        return step.startedAt().plus(waitTime.multipliedBy(waits + 1));
    }

    private Decision keep(Situation situation, AlertState.Acknowledged owned, Instant now) {
        Instant askedAgainAt = owned.askedAgainAt();
        if (situation.tier() == Tier.CRITICAL
                && askedAgainAt != null
                && askedAgainAt.isAfter(owned.at().plus(settings.againAfter()))) {
            return new CallPeople(Why.AGAIN);
        }
        if (owned.isGivenBack()) {
            return new CallPeople(Why.GIVEN_BACK);
        }
        if (owned.isNotTold()) {
            return new CallPeople(Why.NOT_TOLD);
        }
        if (situation.isRaised()) {
            // Whoever has it took something less: of what is critical somebody must know for certain.
            return situation.tier() == Tier.CRITICAL ? new CallPeople(Why.RAISED) : new Remind(owned.lastStep() + 1);
        }
        Step handOver = owned.handOver();
        if (handOver != null && !handOver.callOver()) {
            Instant end = handOver.startedAt().plus(settings.reminderWait());
            if (now.isBefore(end)) {
                return new LookAgain(end);
            }
        }
        boolean handOverFailed = handOver != null;
        if (handOverFailed && !situation.noted().contains(EventType.HAND_OVER_FAILED)) {
            return new Note(EventType.HAND_OVER_FAILED);
        }
        return remind(situation, owned, handOverFailed, now);
    }

    private Decision remind(Situation situation, AlertState.Acknowledged owned, boolean handOverFailed, Instant now) {
        Policy policy = situation.policy();
        Duration remindAfter = policy == null ? null : policy.remindAfter();
        if (owned.reminders().isEmpty()) {
            if (handOverFailed) {
                return new Remind(owned.lastStep() + 1);
            }
            if (remindAfter == null) {
                return new Rest();
            }
            Instant due = later(owned.saidAt().plus(remindAfter), owned.snoozedUntil());
            return now.isBefore(due) ? new LookAgain(due) : new Remind(owned.lastStep() + 1);
        }
        // Engaged or out of reach for a moment is not forgotten: there is a second reminder, a while later.
        Instant end = owned.reminders().getLast().startedAt().plus(settings.reminderWait());
        if (now.isBefore(end)) {
            return new LookAgain(end);
        }
        return owned.reminders().size() < REMINDERS ? new Remind(owned.lastStep() + 1) : new CallPeople(Why.FORGOTTEN);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /// The same moment for everybody who asks meanwhile: each moment is a timer, and timers must not multiply.
    private Instant nextRetry(Instant now) {
        long every = Math.max(1, settings.nobodyRetry().toMillis());
        return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), every) + 1) * every);
    }
}

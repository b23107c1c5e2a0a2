package kr.dolbom.caseworker.response;

import java.time.Instant;
import java.util.Optional;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Recipient;
import kr.dolbom.caseworker.escalation.Step;
import kr.dolbom.caseworker.response.Decision.AskRobot;
import kr.dolbom.caseworker.response.Decision.CallPeople;
import kr.dolbom.caseworker.response.Decision.LookAgain;
import kr.dolbom.caseworker.response.Decision.Note;
import kr.dolbom.caseworker.response.Decision.ResolveFine;
import kr.dolbom.caseworker.response.Decision.Rest;
import kr.dolbom.caseworker.response.Decision.TakeStep;
import kr.dolbom.caseworker.response.Decision.Why;
import kr.dolbom.caseworker.robot.Inquiry;

/// The rules of the response: a pure function of the situation and the time.
final class AlertPolicy {
    private final ResponseSettings settings;

    AlertPolicy(ResponseSettings settings) {
        this.settings = settings;
    }

    /// What to do next.
    Decision decide(Situation situation, Instant now) {
        return switch (situation.state()) {
            case AlertState.Raised _ -> begin(situation);
            case AlertState.CheckingIn(Inquiry inquiry) -> hear(situation, inquiry, now);
            case AlertState.Escalating escalating -> escalate(situation, escalating, now);
            case AlertState.Acknowledged(Instant at, Instant askedAgainAt) ->
                situation.tier() == Tier.CRITICAL
                                && askedAgainAt != null
                                && askedAgainAt.isAfter(at.plus(settings.againAfter()))
                        ? new CallPeople(Why.AGAIN)
                        : new Rest();
            case AlertState.Resolved _ -> new Rest();
        };
    }

    private static Decision begin(Situation situation) {
        return switch (situation.tier()) {
            case CRITICAL -> new CallPeople(Why.CRITICAL);
            case URGENT -> situation.canAsk() ? new AskRobot() : new CallPeople(Why.ROBOT_UNREACHABLE);
            case CHECK_IN -> situation.canAsk() ? new AskRobot() : noteOnce(situation, EventType.ROBOT_UNREACHABLE);
            case REVIEW -> new Rest();
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
                    case FINE -> new ResolveFine();
                    case NEED_HELP -> new CallPeople(Why.NEEDS_HELP);
                    case NO_ANSWER -> unanswered(situation);
                };
            case Inquiry.Lost _ -> unreachable(situation);
        };
    }

    private static Decision unanswered(Situation situation) {
        return situation.tier() == Tier.URGENT
                ? new CallPeople(Why.NO_ANSWER)
                : noteOnce(situation, EventType.NO_ANSWER);
    }

    private static Decision unreachable(Situation situation) {
        return situation.tier() == Tier.URGENT
                ? new CallPeople(Why.ROBOT_UNREACHABLE)
                : noteOnce(situation, EventType.ROBOT_UNREACHABLE);
    }

    private Decision escalate(Situation situation, AlertState.Escalating escalating, Instant now) {
        Optional<Step> last = escalating.last();
        if (last.isPresent() && !last.get().callOver()) {
            Instant end = last.get().startedAt().plus(settings.stepWait());
            if (now.isBefore(end)) {
                return new LookAgain(end);
            }
        }
        int people = situation.onCall().size();
        if (people == 0) {
            return situation.noted().contains(EventType.NOBODY_ON_CALL)
                    ? new LookAgain(nextRetry(now))
                    : new Note(EventType.NOBODY_ON_CALL);
        }
        int next = last.map(Step::number).orElse(escalating.before()) + 1;
        int taken = next - escalating.before() - 1;
        boolean isSlow = taken >= settings.rounds() * people;
        if (isSlow && !situation.noted().contains(EventType.NOBODY_REACHED)) {
            return new Note(EventType.NOBODY_REACHED);
        }
        // When every call fails at once, a provider's outage must not burn all rounds in a moment.
        Optional<Instant> again = isSlow
                ? last.map(step -> step.startedAt().plus(settings.slowStepWait()))
                : escalating.find(next - people).map(step -> step.startedAt().plus(settings.stepWait()));
        if (again.isPresent() && now.isBefore(again.get())) {
            return new LookAgain(again.get());
        }
        Recipient person = situation.onCall().get(taken % people);
        return new TakeStep(next, person);
    }

    /// The same moment for everybody who asks meanwhile: each moment is a timer, and timers must not multiply.
    private Instant nextRetry(Instant now) {
        long every = Math.max(1, settings.nobodyRetry().toMillis());
        return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), every) + 1) * every);
    }

    private static Decision noteOnce(Situation situation, EventType type) {
        return situation.noted().contains(type) ? new Rest() : new Note(type);
    }
}

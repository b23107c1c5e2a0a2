package kr.dolbom.caseworker.response;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.Policy.PolicyStep;
import kr.dolbom.caseworker.escalation.Target;

/// The policies of offices that have set none.
public final class DefaultPolicies {
    private static final Duration TEXT_WAIT = Duration.ofMinutes(30);

    private final ResponseSettings settings;

    /// @param settings whose waits and rounds they have
    public DefaultPolicies(ResponseSettings settings) {
        this.settings = settings;
    }

    /// Whom to call for a tier; empty for nobody.
    public Optional<Policy> find(Tier tier) {
        return switch (tier) {
            case CRITICAL -> Optional.of(calls(settings.remindCritical()));
            case URGENT -> Optional.of(calls(settings.remindUrgent()));
            case CHECK_IN -> Optional.of(texts());
            case REVIEW -> Optional.empty();
        };
    }

    private Policy calls(Duration remindAfter) {
        Set<Channel> channels = Set.of(Channel.VOICE, Channel.SMS);
        return new Policy(
                List.of(
                        new PolicyStep(List.of(Target.ON_CALL), channels, settings.stepWait(), 1, false),
                        new PolicyStep(List.of(Target.SUPERVISOR), channels, settings.stepWait(), 1, false)),
                settings.rounds(),
                true,
                settings.slowStepWait(),
                remindAfter);
    }

    /// Nobody's phone rings because somebody did not answer a friendly question.
    private Policy texts() {
        List<Target> targets = List.of(Target.OWN_CASEWORKER, Target.ON_CALL);
        return new Policy(
                List.of(new PolicyStep(targets, Set.of(Channel.SMS), TEXT_WAIT, 1, false)),
                1,
                false,
                settings.slowStepWait(),
                null);
    }
}

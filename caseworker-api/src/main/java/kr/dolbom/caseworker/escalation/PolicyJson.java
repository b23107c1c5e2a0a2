package kr.dolbom.caseworker.escalation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// A policy as REST and the database write it.
///
/// @param steps whom to call, in order, 1 to 20
/// @param rounds how often all steps are gone through, 1 to 100
/// @param keepsOn whether people are called on until somebody is reached
/// @param slowWaitSeconds the wait between two calls after the last round, 60 to 86,400
/// @param remindAfterSeconds how long somebody may have the alert until they are asked whether they still do, 300 to
///     604,800; missing for never
@Introspected
public record PolicyJson(
        @NotEmpty(message = "1 to 20 steps") @Size(max = 20, message = "1 to 20 steps") List<@Valid StepJson> steps,

        @NotNull(message = "a number from 1 to 100") @Min(value = 1, message = "a number from 1 to 100") @Max(value = 100, message = "a number from 1 to 100") Integer rounds,

        @NotNull(message = "true or false") Boolean keepsOn,

        @NotNull(message = "seconds from 60 to 86400") @Min(value = 60, message = "seconds from 60 to 86400") @Max(value = 86_400, message = "seconds from 60 to 86400") Integer slowWaitSeconds,

        @Nullable @Min(value = 300, message = "seconds from 300 to 604800") @Max(value = 604_800, message = "seconds from 300 to 604800") Integer remindAfterSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// One step.
    ///
    /// @param targets of `on-call`, `primary`, `backup`, `own-caseworker`, `supervisor`, `guardian`, `team`
    /// @param channels of `voice`, `sms`, `alimtalk`, `push`
    /// @param waitSeconds until the next, 10 to 86,400
    /// @param repeats how often in a row, 1 to 10
    /// @param together whether all are called at once
    @Introspected
    public record StepJson(
            @NotEmpty(message = "at least one target") List<String> targets,

            @NotEmpty(message = "at least one channel") List<String> channels,

            @NotNull(message = "seconds from 10 to 86400") @Min(value = 10, message = "seconds from 10 to 86400") @Max(value = 86_400, message = "seconds from 10 to 86400") Integer waitSeconds,

            @NotNull(message = "a number from 1 to 10") @Min(value = 1, message = "a number from 1 to 10") @Max(value = 10, message = "a number from 1 to 10") Integer repeats,

            @NotNull(message = "true or false") Boolean together) {}

    /// The policy.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it names a target or a channel that there is not
    public Policy policy() {
        return new Policy(
                steps.stream().map(PolicyJson::read).toList(),
                rounds,
                keepsOn,
                Duration.ofSeconds(slowWaitSeconds),
                remindAfterSeconds == null ? null : Duration.ofSeconds(remindAfterSeconds));
    }

    /// As it is written.
    public static PolicyJson of(Policy policy) {
        Duration remindAfter = policy.remindAfter();
        return new PolicyJson(
                policy.steps().stream().map(PolicyJson::write).toList(),
                policy.rounds(),
                policy.keepsOn(),
                (int) policy.slowWait().toSeconds(),
                remindAfter == null ? null : (int) remindAfter.toSeconds());
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws IllegalStateException when it is something else
    static PolicyJson parse(String text) {
        try {
            return JSON.readValue(text, PolicyJson.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored policy is unreadable: " + text, e);
        }
    }

    /// For the database.
    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts can always be written", e);
        }
    }

    private static Policy.PolicyStep read(StepJson step) {
        return new Policy.PolicyStep(
                step.targets().stream()
                        .map(word -> Target.find(word)
                                .orElseThrow(() -> Problem.invalid(
                                        "targets",
                                        word,
                                        "one of on-call, primary, backup, own-caseworker, supervisor, guardian, team")))
                        .toList(),
                step.channels().stream()
                        .map(word -> Channel.find(word)
                                .orElseThrow(
                                        () -> Problem.invalid("channels", word, "one of voice, sms, alimtalk, push")))
                        .collect(Collectors.toUnmodifiableSet()),
                Duration.ofSeconds(step.waitSeconds()),
                step.repeats(),
                step.together());
    }

    private static StepJson write(Policy.PolicyStep step) {
        return new StepJson(
                step.targets().stream().map(Target::word).toList(),
                step.channels().stream().map(Channel::word).sorted().toList(),
                (int) step.waitTime().toSeconds(),
                step.repeats(),
                step.together());
    }
}

package kr.dolbom.caseworker.console.people;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.Target;
import kr.dolbom.caseworker.words.Words;

/// Puts policies into sentences. Immutable.
///
/// @param words the language
record PolicyTelling(Words words) {
    private static final List<Channel> ORDER = List.of(Channel.VOICE, Channel.SMS, Channel.ALIMTALK, Channel.PUSH);
    private static final int SECONDS = 60;

    /// Its steps, in order.
    List<String> steps(Policy policy) {
        return IntStream.range(0, policy.steps().size())
                .mapToObj(i -> step(policy.steps().get(i)))
                .toList();
    }

    /// What comes after the steps.
    List<String> end(Policy policy) {
        Duration remind = policy.remindAfter();
        return Stream.of(
                        policy.keepsOn()
                                ? text("rounds.on", policy.rounds(), duration(policy.slowWait()))
                                : text("rounds.end", policy.rounds()),
                        remind == null ? "" : text("remind", duration(remind)))
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private String step(Policy.PolicyStep step) {
        String targets = step.targets().stream().map(this::target).collect(Collectors.joining(", "));
        String sentence = text("step", targets, channels(step.channels()), duration(step.waitTime()));
        if (step.together()) {
            sentence += text("step.together");
        }
        return step.repeats() > 1 ? sentence + text("step.repeats", step.repeats()) : sentence;
    }

    /// Whom a step calls.
    String target(Target target) {
        return text("target." + target.word());
    }

    /// By what.
    String channel(Channel channel) {
        return text("channel." + channel.word());
    }

    private String channels(Set<Channel> channels) {
        List<Channel> sorted = channels.stream()
                .sorted(Comparator.comparingInt(ORDER::indexOf))
                .toList();
        return IntStream.range(0, sorted.size())
                .mapToObj(i -> {
                    String word = channel(sorted.get(i));
                    boolean isLast = i == sorted.size() - 1;
                    boolean isBeforeLast = i == sorted.size() - 2;
                    return isLast
                            ? word
                            : isBeforeLast ? text("channel." + sorted.get(i).word() + ".and") + " " : word + ", ";
                })
                .collect(Collectors.joining());
    }

    /// A time in its largest whole unit.
    String duration(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % (SECONDS * SECONDS) == 0) {
            return text("time.hours", seconds / (SECONDS * SECONDS));
        }
        return seconds % SECONDS == 0 ? text("time.minutes", seconds / SECONDS) : text("time.seconds", seconds);
    }

    private String text(String key, Object... values) {
        return words.text("people.policy." + key, values);
    }
}

package kr.dolbom.caseworker.escalation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.roster.Recipient;

/// One place in the order of calls: who is called together, by what, and how long is waited.
///
/// @param recipients at least one
/// @param channels by what
/// @param waitTime until the next place
public record Slot(List<Recipient> recipients, Set<Channel> channels, Duration waitTime) {

    /// Keeps its own copies.
    public Slot {
        recipients = List.copyOf(recipients);
        channels = Set.copyOf(channels);
    }

    /// The places of one round, with the people who stand for the policy's targets now. Whoever has been called
    /// alone in this round is not called alone again by a later step; together with others they are.
    ///
    /// @param people who stands for each target; a target without an entry is nobody
    public static List<Slot> of(Policy policy, Map<Target, List<Recipient>> people) {
        List<Slot> slots = new ArrayList<>();
        Set<Alert.Person> called = new HashSet<>();
        for (Policy.PolicyStep step : policy.steps()) {
            List<Recipient> recipients = step.targets().stream()
                    .flatMap(target -> people.getOrDefault(target, List.of()).stream())
                    .distinct()
                    .toList();
            List<Recipient> fresh = step.together()
                    ? recipients
                    : recipients.stream()
                            .filter(recipient -> called.add(recipient.person()))
                            .toList();
            if (fresh.isEmpty()) {
                continue;
            }
            for (int time = 0; time < step.repeats(); time++) {
                if (step.together()) {
                    slots.add(new Slot(fresh, step.channels(), step.waitTime()));
                } else {
                    fresh.forEach(one -> slots.add(new Slot(List.of(one), step.channels(), step.waitTime())));
                }
            }
        }
        return slots;
    }
}

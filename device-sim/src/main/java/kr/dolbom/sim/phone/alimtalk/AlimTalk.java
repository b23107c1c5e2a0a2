package kr.dolbom.sim.phone.alimtalk;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Talk;
import org.jspecify.annotations.Nullable;

/// The provider: the messages that it took and what befalls them. Thread-safe.
public final class AlimTalk implements AutoCloseable {
    private static final Duration LATE = Duration.ofDays(2);

    private final Network network;
    private final AnswerSender answers;
    private final Map<String, AlimTalkMessage> messages = new LinkedHashMap<>();
    private final Map<String, AlimTalkFault> faults = new LinkedHashMap<>();
    private final Set<String> late = new HashSet<>();

    /// @param network the phones and their lock
    /// @param key the secret that signs what is told to webhooks
    public AlimTalk(Network network, String key) {
        this.network = network;
        this.answers = new AnswerSender(key);
    }

    /// Every message that was accepted, oldest first.
    public List<AlimTalkMessage> messages() {
        return network.monitor().read(() -> List.copyOf(messages.values()));
    }

    /// Those to one number.
    public List<AlimTalkMessage> messages(String number) {
        return messages().stream()
                .filter(message -> message.to().equals(number))
                .toList();
    }

    /// Waits until so many messages to a number were accepted, and gives them all.
    ///
    /// @throws IllegalStateException when they are not in time
    public List<AlimTalkMessage> awaitMessages(String number, int count, Duration limit) {
        if (!network.monitor().await(() -> messages(number).size() >= count, limit)) {
            throw new IllegalStateException("No %d AlimTalk messages to %s within %s; there are %s"
                    .formatted(count, number, limit, messages(number)));
        }
        return messages(number);
    }

    /// Says what befalls messages to this number from now on; those accepted before keep their fate.
    public void fault(String number, AlimTalkFault fault) {
        String phone = network.phone(number).number();
        network.monitor().update(() -> faults.put(phone, fault));
    }

    /// Makes the channel to this number well again.
    public void clearFault(String number) {
        network.monitor().update(() -> faults.remove(number));
    }

    /// What befalls messages now, by number.
    public Map<String, AlimTalkFault> faults() {
        return network.monitor().read(() -> new LinkedHashMap<>(faults));
    }

    /// Answers now, whatever the clock says, every message that waits for its two days.
    ///
    /// @return how many those were
    public int answerLate() {
        List<String> waiting = network.monitor().read(() -> List.copyOf(late));
        waiting.forEach(id -> settle(id, AlimTalkStatus.DELIVERED, ""));
        return waiting.size();
    }

    @Override
    public void close() {
        answers.close();
    }

    Network network() {
        return network;
    }

    @Nullable AlimTalkFault faultOf(String number) {
        return network.monitor().read(() -> faults.get(number));
    }

    /// Keeps a message and lets it run, unless there is one with its reference already: that one then.
    AlimTalkMessage accept(AlimTalkMessage wanted) {
        AlimTalkFault fault = faultOf(wanted.to());
        Optional<AlimTalkMessage> before = network.monitor().update(() -> {
            Optional<AlimTalkMessage> same = messages.values().stream()
                    .filter(known -> known.reference().equals(wanted.reference()))
                    .findFirst();
            if (same.isEmpty()) {
                messages.put(wanted.id(), wanted);
                if (fault == AlimTalkFault.TWO_DAYS_LATE) {
                    late.add(wanted.id());
                }
            }
            return same;
        });
        if (before.isEmpty()) {
            if (fault == null) {
                run(wanted, AlimTalkStatus.DELIVERED, "");
            } else if (fault == AlimTalkFault.NOT_A_USER) {
                run(wanted, AlimTalkStatus.FAILED, "not-a-user");
            }
        }
        return before.orElse(wanted);
    }

    /// The message as it stands now; one that was to be late is delivered when its two days are over.
    Optional<AlimTalkMessage> find(String id) {
        boolean due = network.monitor()
                .read(() -> late.contains(id)
                        && !network.now().isBefore(get(id).acceptedAt().plus(LATE)));
        if (due) {
            settle(id, AlimTalkStatus.DELIVERED, "");
        }
        return network.monitor().read(() -> Optional.ofNullable(messages.get(id)));
    }

    private void run(AlimTalkMessage message, AlimTalkStatus end, String reason) {
        Thread.ofVirtual().name(message.id()).start(() -> settle(message.id(), end, reason));
    }

    private void settle(String id, AlimTalkStatus status, String reason) {
        Instant now = network.now();
        Optional<AlimTalkMessage> settled = network.monitor().update(() -> {
            late.remove(id);
            AlimTalkMessage before = get(id);
            if (before.status() != AlimTalkStatus.ACCEPTED) {
                return Optional.<AlimTalkMessage>empty();
            }
            messages.put(id, before.become(status, reason, now));
            return Optional.of(get(id));
        });
        settled.ifPresent(message -> {
            if (status == AlimTalkStatus.DELIVERED) {
                network.phone(message.to()).receive(new Talk(message.id(), now, message.text(), message.link()));
            }
            answers.send(message);
        });
    }

    private AlimTalkMessage get(String id) {
        return Objects.requireNonNull(messages.get(id), id);
    }
}

package kr.dolbom.sim.device;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.CheckIn;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.command.Configure;
import kr.dolbom.contract.command.Language;
import kr.dolbom.contract.command.Locate;
import kr.dolbom.contract.command.Remind;
import kr.dolbom.contract.command.RenewSecret;
import kr.dolbom.contract.command.Speak;
import kr.dolbom.contract.json.ReadResult;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.CheckInAnswer.Answer;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.topic.CommandTopic;
import org.jspecify.annotations.Nullable;

/// Carries out commands: none twice, none after its expiry. Safe for use by many threads.
final class Orders {
    private static final UUID UNREADABLE = new UUID(0, 0);
    private static final int REMEMBERED = 1000;

    private final SimulatedDevice device;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final Set<UUID> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    Orders(SimulatedDevice device, InstantSource clock, ScheduledExecutorService executor) {
        this.device = device;
        this.clock = clock;
        this.executor = executor;
    }

    /// Carries out what a command says, now or over the next minutes.
    ///
    /// @param responseTopic where its MQTT 5 properties want the answer; null: to the answer's own topic
    /// @param correlation the correlation data that the answer must bear; null: none
    void obey(String topic, byte[] body, @Nullable String responseTopic, byte @Nullable [] correlation) {
        Optional<CommandTopic> named = CommandTopic.find(topic);
        if (named.isEmpty()) {
            ignore(UNREADABLE, "'" + topic + "' is no command topic that this device knows");
            return;
        }
        switch (Contract.readCommand(named.get().kind(), body)) {
            case ReadResult.Invalid<CommandMessage> invalid ->
                ignore(UNREADABLE, invalid.fault().reasonString());
            case ReadResult.Valid<CommandMessage>(CommandMessage command) -> obey(command, responseTopic, correlation);
        }
    }

    private void obey(CommandMessage command, @Nullable String responseTopic, byte @Nullable [] correlation) {
        if (!command.expires().toInstant().isAfter(clock.instant())) {
            ignore(command.id(), "expired");
        } else if (!known.add(command.id())) {
            ignore(command.id(), "repeated");
        } else {
            switch (command.data()) {
                case Speak speak -> device.tell(listener -> listener.said(speak.text()));
                case CheckIn checkIn -> ask(command.id(), checkIn, responseTopic, correlation);
                case Remind remind -> remind(remind);
                case Configure configure ->
                    device.configure(
                            duration(configure.heartbeatSeconds()), duration(configure.activityWindowSeconds()));
                case Locate locate -> device.tell(listener -> listener.sounded(Duration.ofSeconds(locate.seconds())));
                case RenewSecret _ -> device.renewSecret();
            }
        }
    }

    private void ask(UUID command, CheckIn checkIn, @Nullable String responseTopic, byte @Nullable [] correlation) {
        Temper temper = device.temper();
        Duration limit = Duration.ofSeconds(checkIn.timeLimitSeconds());
        boolean answers = temper.checkIn() != Answer.NO_ANSWER && temper.after().compareTo(limit) < 0;
        Duration half = limit.dividedBy(2);

        device.tell(listener -> listener.asked(checkIn.question(), 1));
        if (!answers || temper.after().compareTo(half) > 0) {
            after(half, () -> device.tell(listener -> listener.asked(checkIn.question(), 2)));
        }
        CheckInAnswer answer = answers
                ? new CheckInAnswer(command, temper.checkIn(), temper.by())
                : new CheckInAnswer(command, Answer.NO_ANSWER, null);
        after(answers ? temper.after() : limit, () -> {
            device.answer(answer, responseTopic, correlation);
            String words = closingWords(answer.answer(), checkIn.language());
            device.tell(listener -> listener.said(words));
        });
    }

    private static String closingWords(Answer answer, Language language) {
        return switch (language) {
            case KO ->
                switch (answer) {
                    case FINE -> "알겠어요. 괜찮다고 전해 드릴게요.";
                    case NEED_HELP -> "네, 알겠어요. 지금 바로 도움을 부를게요. 제가 옆에 있을게요.";
                    case NO_ANSWER -> "대답이 없으셔서 담당 선생님께 알려 드릴게요.";
                };
            case EN ->
                switch (answer) {
                    case FINE -> "All right. I will pass on that you are fine.";
                    case NEED_HELP -> "I understand. I am calling for help right now, and I stay with you.";
                    case NO_ANSWER -> "You did not answer, so I am letting your caseworker know.";
                };
        };
    }

    private void remind(Remind remind) {
        Temper temper = device.temper();
        device.tell(listener -> listener.reminded(remind.slot(), remind.text()));
        after(temper.after(), () -> device.record(new Medication(remind.slot(), temper.reminder())));
    }

    /// Does something later, unless the device is off by then.
    private void after(Duration delay, Runnable doing) {
        var _ = executor.schedule(
                () -> {
                    if (device.isOn()) {
                        doing.run();
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void ignore(UUID command, String why) {
        device.tell(listener -> listener.ignored(command, why));
    }

    private static @Nullable Duration duration(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}

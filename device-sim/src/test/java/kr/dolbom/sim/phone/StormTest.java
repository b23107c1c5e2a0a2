package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.Test;

/// What a storm of alerts asks of the simulator.
class StormTest extends SimulatorTest {
    private static final int HOMES = 300;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ASK =
            "<Response><Gather numDigits=\"1\" action=\"/keys\"><Say language=\"ko-KR\">눌러 주세요.</Say></Gather></Response>";

    @Test
    void threeHundredCallsAndTextsStartedAtOnceAreCarriedAmongAThousandPhones() throws Exception {
        application.answer("/voice", ASK);
        application.answer("/keys", "<Response/>");
        List<Phone> phones = IntStream.range(0, 1000)
                .mapToObj(
                        n -> simulator.phone("+82101%07d".formatted(n)).behaviour(Behaviour.answer(Duration.ZERO, "1")))
                .toList();
        RawTwilio api = new RawTwilio(simulator, ACCOUNT, TOKEN);
        List<Callable<Integer>> requests = new ArrayList<>();
        for (Phone phone : phones.subList(0, HOMES)) {
            requests.add(() -> api.post(
                            "Calls.json",
                            Map.of(
                                    "To",
                                    phone.number(),
                                    "From",
                                    OFFICE,
                                    "Url",
                                    application.url("/voice"),
                                    "StatusCallback",
                                    application.url("/status")))
                    .status());
            requests.add(() -> api.post(
                            "Messages.json",
                            Map.of(
                                    "To",
                                    phone.number(),
                                    "From",
                                    OFFICE,
                                    "Body",
                                    "[고양시] 알림 1건",
                                    "StatusCallback",
                                    application.url("/sms")))
                    .status());
        }

        long start = System.nanoTime();
        List<Integer> answers = new ArrayList<>();
        try (api;
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : many.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        Duration accepted = Duration.ofNanos(System.nanoTime() - start);
        await().atMost(LIMIT)
                .until(() -> phones.stream().filter(p -> !p.rings().isEmpty()).count() == HOMES);
        Duration rang = Duration.ofNanos(System.nanoTime() - start);
        await().atMost(LIMIT).until(() -> application.asked("/status").size() == HOMES);
        await().atMost(LIMIT).until(() -> application.asked("/sms").size() == 2 * HOMES);
        Duration told = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf(
                "accepted_ms=%d rang_ms=%d told_ms=%d%n", accepted.toMillis(), rang.toMillis(), told.toMillis());
        assertEquals(2 * HOMES, answers.stream().filter(status -> status == 201).count());
        assertTrue(phones.subList(0, HOMES).stream()
                .allMatch(phone -> phone.texts().size() == 1));
        assertTrue(phones.subList(0, HOMES).stream()
                .allMatch(phone -> phone.awaitCallEnd(LIMIT).status() == CallStatus.COMPLETED
                        && phone.calls().getFirst().keys().equals("1")));
    }
}

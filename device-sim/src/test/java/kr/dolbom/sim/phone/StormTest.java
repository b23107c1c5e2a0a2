package kr.dolbom.sim.phone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.dolbom.sim.phone.line.Behaviour;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Phone;
import org.junit.jupiter.api.Test;

/// What a storm of alerts asks of the simulator.
class StormTest extends SimulatorTest {
    private static final int HOMES = 300;
    private static final String ASK =
            "<Response><Gather numDigits=\"1\" action=\"/keys\"><Say language=\"ko-KR\">눌러 주세요.</Say></Gather></Response>";

    @Test
    void threeHundredCallsAndTextsStartedAtOnceAreCarriedAmongAThousandPhones() throws Exception {
        application.answer("/voice", ASK);
        application.answer("/keys", "<Response/>");
        List<Phone> phones = IntStream.range(0, 1000)
                .mapToObj(n -> simulator.phone("+82101%07d".formatted(n)).behaviour(Behaviour.answer(Duration.ZERO, "1")))
                .toList();
        List<Callable<Integer>> requests = new ArrayList<>();
        for (Phone phone : phones.subList(0, HOMES)) {
            requests.add(() -> post("Calls", Map.of(
                    "To", phone.number(), "From", OFFICE, "Url", application.url("/voice"),
                    "StatusCallback", application.url("/status"))));
            requests.add(() -> post("Messages", Map.of(
                    "To", phone.number(), "From", OFFICE, "Body", "[고양시] 알림 1건",
                    "StatusCallback", application.url("/sms"))));
        }

        long start = System.nanoTime();
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : many.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        Duration accepted = Duration.ofNanos(System.nanoTime() - start);
        await().atMost(SOON).until(() -> phones.stream().filter(p -> !p.rings().isEmpty()).count() == HOMES);
        Duration rang = Duration.ofNanos(System.nanoTime() - start);
        await().atMost(SOON).until(() -> application.asked("/status").size() == HOMES);
        await().atMost(SOON).until(() -> application.asked("/sms").size() == 2 * HOMES);
        Duration told = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("accepted_ms=%d rang_ms=%d told_ms=%d%n", accepted.toMillis(), rang.toMillis(), told.toMillis());
        assertEquals(2 * HOMES, answers.stream().filter(status -> status == 201).count());
        assertTrue(phones.subList(0, HOMES).stream().allMatch(phone -> phone.texts().size() == 1));
        assertTrue(phones.subList(0, HOMES).stream()
                .allMatch(phone -> phone.awaitCallEnd(SOON).status() == CallStatus.COMPLETED
                        && phone.calls().getFirst().keys().equals("1")));
    }

    private final HttpClient http = HttpClient.newHttpClient();

    private int post(String resource, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "%s/2010-04-01/Accounts/%s/%s.json".formatted(simulator.url(), ACCOUNT, resource)))
                .header("Authorization", "Basic " + Base64.getEncoder()
                        .encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

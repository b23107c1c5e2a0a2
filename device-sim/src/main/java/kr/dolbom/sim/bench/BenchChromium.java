package kr.dolbom.sim.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import kr.dolbom.sim.stack.StackException;

/// One page in a real Chromium without a window, driven by its own DevTools protocol. It has an empty profile, so that
/// nothing of ours is in its cache.
final class BenchChromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Process process;
    private final Path profile;
    private final HttpClient http;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final AtomicInteger requests = new AtomicInteger();

    private BenchChromium(Process process, Path profile, HttpClient http, URI page) throws InterruptedException {
        this.process = process;
        this.profile = profile;
        this.http = http;
        try {
            this.socket = http.newWebSocketBuilder()
                    .buildAsync(page, new Listener())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Chromium does not answer: " + e.getMessage(), e);
        }
    }

    /// Starts it.
    ///
    /// @param log where its output goes
    static BenchChromium start(Path log) throws InterruptedException {
        Path program = Stream.concat(Stream.ofNullable(System.getenv("DOLBOM_CHROMIUM")), PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new StackException("No Chromium found. Install it (Debian: apt-get install "
                        + "--no-install-recommends chromium fonts-nanum), or set DOLBOM_CHROMIUM"));
        try {
            Path profile = Files.createTempDirectory("dolbom-chromium");
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--window-size=1440,900",
                            "--lang=ko-KR",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Path told = profile.resolve("DevToolsActivePort");
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(told) || Files.readAllLines(told).isEmpty()) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    process.destroy();
                    throw new StackException("Chromium did not start; see " + log);
                }
                Thread.sleep(50);
            }
            int port = Integer.parseInt(Files.readAllLines(told).getFirst());
            HttpClient http = HttpClient.newHttpClient();
            JsonNode pages = JSON.readTree(http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            for (JsonNode page : pages) {
                if (page.path("type").asText().equals("page")) {
                    URI address = URI.create(page.path("webSocketDebuggerUrl").asText());
                    return new BenchChromium(process, profile, http, address);
                }
            }
            process.destroy();
            throw new StackException("Chromium has no page; see " + log);
        } catch (IOException e) {
            throw new StackException("Chromium cannot be started: " + e.getMessage(), e);
        }
    }

    /// Opens a page with a cookie and waits until all that it refers to is there.
    void open(String url, String cookie, String value) throws InterruptedException {
        call("Network.enable", Map.of());
        call("Page.enable", Map.of());
        call("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", "ko-KR,ko;q=0.9")));
        call("Network.setCookie", Map.of("url", url, "name", cookie, "value", value, "httpOnly", true));
        call("Page.navigate", Map.of("url", url));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// Waits until something is so in the page.
    void await(String expression) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!evaluate(expression).asBoolean()) {
            if (System.nanoTime() > until) {
                throw new StackException("In the page this did not become true: " + expression);
            }
            Thread.sleep(20);
        }
    }

    /// What an expression gives in the page.
    JsonNode evaluate(String expression) throws InterruptedException {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new StackException("In the page: " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /// Bytes of all answers that were complete so far, as they came over the network, headers included.
    long receivedBytes() {
        return received.sum();
    }

    /// How many requests were answered.
    int requests() {
        return requests.get();
    }

    private JsonNode call(String method, Map<String, Object> parameters) throws InterruptedException {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        try {
            String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
            socket.sendText(text, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new StackException("Chromium does not answer " + method + ": " + e.getMessage(), e);
        } finally {
            answers.remove(id);
        }
    }

    private void hear(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            CompletableFuture<JsonNode> waiting = answers.get(message.path("id").asInt(-1));
            if (waiting != null) {
                waiting.complete(message.path("result"));
            } else if (message.path("method").asText().equals("Network.loadingFinished")) {
                received.add(message.path("params").path("encodedDataLength").asLong());
                requests.incrementAndGet();
            }
        } catch (IOException e) {
            throw new StackException("Chromium says what is no JSON: " + text, e);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.add(data.toString());
            if (last) {
                hear(String.join("", parts));
                parts.clear();
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            // Its children may still be writing.
            for (int tries = 0; Files.exists(profile) && tries < 20; tries++) {
                if (!deleteProfile()) {
                    Thread.sleep(100);
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean deleteProfile() {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}

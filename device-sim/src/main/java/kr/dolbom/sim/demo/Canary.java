package kr.dolbom.sim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.sim.stack.Stack;
import kr.dolbom.sim.stack.StackAddresses;

/// The canary home, set up as an operator would, and the other way by which it calls for the operators: an address of
/// ours. For one thread.
final class Canary implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PHONE = "+821000000099";
    private static final String DEVICE = "canary-1";

    private final Stack stack;
    private final StackAddresses at;
    private final WebClient api;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final HttpServer otherWay;

    Canary(Stack stack, StackAddresses at, WebClient api) {
        this.stack = stack;
        this.at = at;
        this.api = api;
        try {
            otherWay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        otherWay.createContext("/", exchange -> {
            told.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        otherWay.start();
    }

    /// Registers it, and starts the caseworkers' program anew with its device.
    ///
    /// @param every how long after one call for help the next follows
    /// @param late the phone must ring within this time
    void setUp(Duration every, Duration late) throws InterruptedException {
        String resident = api.put("/api/v1/canary", Map.of("phone", PHONE))
                .path("residentId")
                .asText();
        JsonNode device = api.post(
                "/api/v1/devices",
                Map.of(
                        "deviceId", DEVICE,
                        "residentId", resident,
                        "vendor", "Dolbom",
                        "model", "canary",
                        "credential", "claim-code"));
        stack.restart(
                "caseworker-api",
                Map.of(
                        "DOLBOM_CANARY_BROKER",
                        at.brokerUrl(),
                        "DOLBOM_CANARY_DEVICE",
                        DEVICE,
                        "DOLBOM_CANARY_SECRET",
                        DeviceSecret.generate().text(),
                        "DOLBOM_CANARY_CLAIM_CODE",
                        device.path("claimCode").asText(),
                        "DOLBOM_CANARY_EVERY",
                        every.toSeconds() + "s",
                        "DOLBOM_CANARY_LATE",
                        late.toSeconds() + "s",
                        "DOLBOM_CANARY_WEBHOOK",
                        "http://127.0.0.1:" + otherWay.getAddress().getPort() + "/"));
    }

    /// Waits until its phone has rung in time.
    ///
    /// @return how long that took from the button to the ring
    Duration awaitRing(Duration limit) throws InterruptedException {
        return Await.until("The ring of the canary home's phone", limit, () -> {
            JsonNode canary = api.get("/api/v1/canary");
            return canary.hasNonNull("lastSeconds")
                    ? Optional.of(Duration.ofMillis(
                            Math.round(canary.path("lastSeconds").asDouble() * 1000)))
                    : Optional.empty();
        });
    }

    /// Forgets what was told before.
    void listenAnew() {
        told.clear();
    }

    /// Waits until the operators are told by the other way that it does not ring.
    ///
    /// @return what did not do its part, in their words
    String awaitAlarm(Duration limit) throws InterruptedException {
        return Await.until(
                "The canary home's alarm by the other way",
                limit,
                () -> told.stream()
                        .filter(message -> message.path("event").asText().equals("canary-late"))
                        .map(message -> message.path("lacks").asText())
                        .findFirst());
    }

    @Override
    public void close() {
        otherWay.stop(0);
    }
}

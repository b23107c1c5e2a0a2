package kr.dolbom.sim.phone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.line.SentWebhook;
import kr.dolbom.sim.phone.rest.RequestKind;
import kr.dolbom.sim.phone.rest.TwilioApi;

/// A running phone simulator: Twilio's API under `/2010-04-01`, the phones' page under `/phones`, `/health`.
/// Thread-safe.
///
/// ```java
/// try (var simulator = PhoneSimulator.start(PhoneSimulatorSettings.of(accountSid, authToken))) {
///     Phone phone = simulator.phone("+821012345678");
///     // the code under test places a call at simulator.url()
///     phone.awaitRinging(Duration.ofSeconds(5));
///     phone.answer();
///     phone.press("1");
/// }
/// ```
public final class PhoneSimulator implements AutoCloseable {
    static {
        // Without it every answer of the JDK's server may wait 40 ms for a TCP acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Network network;
    private final TwilioApi api;

    private PhoneSimulator(HttpServer server, ExecutorService threads, Network network, TwilioApi api) {
        this.server = server;
        this.threads = threads;
        this.network = network;
        this.api = api;
    }

    /// Starts listening.
    ///
    /// @throws UncheckedIOException when the address cannot be used, such as a taken port
    public static PhoneSimulator start(PhoneSimulatorSettings settings) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(settings.bind(), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The phone simulator cannot listen on %s:%d: %s. Stop what uses the port, or choose another one."
                            .formatted(settings.bind(), settings.port(), e.getMessage()),
                    e);
        }
        Network network = new Network(settings.account(), settings.pace(), settings.callbacks(), settings.clock());
        settings.faults().forEach((number, fault) -> network.phone(number).fault(fault));
        TwilioApi api = new TwilioApi(network, settings.account(), settings.ownNumbers());
        server.createContext(TwilioApi.PREFIX, api);
        server.createContext("/health", PhoneSimulator::health);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.start();
        return new PhoneSimulator(server, threads, network, api);
    }

    /// Where it listens, without a slash at the end: `http://127.0.0.1:8090`.
    public String url() {
        InetSocketAddress address = server.getAddress();
        return "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    }

    /// The phone with this number, E.164; it exists from the first mention on.
    public Phone phone(String number) {
        return network.phone(number);
    }

    /// Every phone, in the order of first mention.
    public List<Phone> listPhones() {
        return network.listPhones();
    }

    /// Makes the API fail for every request, whatever its number, until [#clearFaults()].
    public void fault(Fault fault) {
        network.fault(fault);
    }

    /// Makes the API fail for the next `times` requests, whatever their number.
    public void fault(Fault fault, int times) {
        network.fault(fault, times);
    }

    /// Ends the faults of the API that were set for every request.
    public void clearFaults() {
        network.clearFaults();
    }

    /// Says how status callbacks travel from now on.
    public void callbacks(CallbackRules rules) {
        network.callbackRules(rules);
    }

    /// How many requests of that kind arrived, also those that failed.
    public long requests(RequestKind kind) {
        return api.counts().of(kind);
    }

    /// How many requests of that kind arrived with this number as `To`.
    public long requests(RequestKind kind, String to) {
        return api.counts().of(kind, to);
    }

    /// The latest 1,000 webhooks that were called, oldest first.
    public List<SentWebhook> sentWebhooks() {
        return network.sentWebhooks();
    }

    /// Stops at once: calls fall silent, connections are closed, nobody is told.
    @Override
    public void close() {
        network.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void health(HttpExchange exchange) throws IOException {
        new WebExchange(exchange)
                .reply(200, JsonNodeFactory.instance.objectNode().put("status", "UP"));
    }
}

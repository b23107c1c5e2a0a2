package kr.dolbom.sim.phone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kr.dolbom.sim.phone.alimtalk.AlimTalk;
import kr.dolbom.sim.phone.alimtalk.AlimTalkApi;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.Callback;
import kr.dolbom.sim.phone.line.CallbackRules;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Phone;
import kr.dolbom.sim.phone.line.SentWebhook;
import kr.dolbom.sim.phone.line.Signer;
import kr.dolbom.sim.phone.page.EventStream;
import kr.dolbom.sim.phone.page.PhonesApi;
import kr.dolbom.sim.phone.page.PhonesPage;
import kr.dolbom.sim.phone.push.PushService;
import kr.dolbom.sim.phone.rest.RequestKind;
import kr.dolbom.sim.phone.rest.TwilioApi;

/// A running phone simulator: Twilio's API under `/2010-04-01`, a provider of AlimTalk under `/alimtalk/v1`, a push
/// service under `/push`, the phones' page under `/phones`, `/health`. Thread-safe.
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
        System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
        // Beyond 200 idle connections it would close those that clients are about to use again.
        System.getProperties().putIfAbsent("sun.net.httpserver.maxIdleConnections", "10000");
    }

    // A storm opens hundreds of connections in the same instant; the default of 50 lets some of them wait a second.
    private static final int MOST_WAITING_CONNECTIONS = 2048;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Network network;
    private final TwilioApi api;
    private final AlimTalk alimTalk;
    private final PushService push;

    private PhoneSimulator(
            HttpServer server,
            ExecutorService threads,
            Network network,
            TwilioApi api,
            AlimTalk alimTalk,
            PushService push) {
        this.server = server;
        this.threads = threads;
        this.network = network;
        this.api = api;
        this.alimTalk = alimTalk;
        this.push = push;
    }

    /// Starts listening.
    ///
    /// @throws UncheckedIOException when the address cannot be used, such as a taken port
    public static PhoneSimulator start(PhoneSimulatorSettings settings) {
        HttpServer server;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(settings.bind(), settings.port()), MOST_WAITING_CONNECTIONS);
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
        AlimTalk alimTalk = new AlimTalk(network, settings.alimTalkKey());
        PushService push = new PushService(network, url(server));
        server.createContext(AlimTalkApi.PREFIX, new AlimTalkApi(alimTalk, settings.alimTalkKey()));
        server.createContext(PushService.PREFIX, push);
        server.createContext(PhonesApi.PREFIX, new PhonesApi(network, api.counts(), alimTalk, push));
        server.createContext(EventStream.PATH, new EventStream(network));
        server.createContext(PhonesPage.PATH, new PhonesPage());
        server.createContext("/health", PhoneSimulator::health);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.start();
        return new PhoneSimulator(server, threads, network, api, alimTalk, push);
    }

    /// Where it listens, without a slash at the end: `http://127.0.0.1:8090`.
    public String url() {
        return url(server);
    }

    /// The phone with this number, E.164; it exists from the first mention on.
    public Phone phone(String number) {
        return network.phone(number);
    }

    /// Every phone, in the order of first mention.
    public List<Phone> listPhones() {
        return network.listPhones();
    }

    /// The numbers that are in a conference now, in the order in which they came; empty when nobody is.
    public List<String> conference(String name) {
        return network.conference(name);
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

    /// The latest 10,000 webhooks that were called, oldest first.
    public List<SentWebhook> sentWebhooks() {
        return network.sentWebhooks();
    }

    /// Calls a webhook that no call or text asked for, signed as all of them are: one about a SID that nobody knows, or
    /// with parameters that make no sense.
    ///
    /// @param url where; the method is POST
    /// @return the HTTP status of the answer
    /// @throws UncheckedIOException when there was none
    public int sendWebhook(URI url, Map<String, String> parameters) {
        try {
            return network.sendWebhook(new Callback(url, "POST"), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from %s: %s".formatted(url, e), e);
        }
    }

    /// Calls a webhook once more that was called before, in whatever state its call or text is now.
    ///
    /// @return the HTTP status of the answer
    /// @throws UncheckedIOException when there was none
    public int sendAgain(SentWebhook webhook) {
        return sendWebhook(URI.create(webhook.url()), webhook.parameters());
    }

    /// Says which of the account's tokens signs webhooks from now on.
    ///
    /// @throws IllegalArgumentException when the account has no such token
    public void signer(Signer signer) {
        network.signer(signer);
    }

    /// The provider of AlimTalk messages.
    public AlimTalk alimTalk() {
        return alimTalk;
    }

    /// The push service.
    public PushService push() {
        return push;
    }

    /// Stops at once: calls fall silent, connections are closed, nobody is told.
    @Override
    public void close() {
        network.close();
        alimTalk.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static String url(HttpServer server) {
        InetSocketAddress address = server.getAddress();
        return "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    }

    private static void health(HttpExchange exchange) throws IOException {
        new WebExchange(exchange)
                .reply(200, JsonNodeFactory.instance.objectNode().put("status", "UP"));
    }
}

package kr.dolbom.sim.phone.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Phone;

/// Server-sent events: `phones` with all of them at first, `phone` with one of them whenever it changed, and `alive` in
/// quiet times.
public final class EventStream implements HttpHandler {
    /// Where it is.
    public static final String PATH = "/phones/events";

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration BREATH = Duration.ofMillis(100);

    private final Network network;

    /// @param network the phones
    public EventStream(Network network) {
        this.network = network;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            stream(exchange.getResponseBody());
        }
    }

    private void stream(OutputStream out) throws IOException {
        long version = network.version();
        Map<String, String> shown = new HashMap<>();
        network.listPhones().forEach(phone -> shown.put(phone.number(), json(phone)));
        send(out, "phones", PhonesJson.phones(network).toString());
        while (!network.isClosed()) {
            if (!network.awaitChangeSince(version, QUIET)) {
                send(out, "alive", "{}");
                continue;
            }
            // A storm of calls changes more often than anybody can look.
            network.awaitClosed(BREATH);
            version = network.version();
            for (Phone phone : network.listPhones()) {
                String now = json(phone);
                if (!now.equals(shown.put(phone.number(), now))) {
                    send(out, "phone", now);
                }
            }
        }
    }

    private static String json(Phone phone) {
        return PhonesJson.phone(phone).toString();
    }

    private static void send(OutputStream out, String event, String data) throws IOException {
        out.write("event: %s\ndata: %s\n\n".formatted(event, data).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

package kr.dolbom.sim.phone.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import kr.dolbom.sim.phone.line.Network;

/// Server-sent events: `phones` with everything the page shows, whenever it changed, and `alive` in quiet times.
public final class EventStream implements HttpHandler {
    /// Where it is.
    public static final String PATH = "/phones/events";

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration BREATH = Duration.ofMillis(50);

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
        String shown = "";
        while (!network.isClosed()) {
            long version = network.version();
            String now = PhonesJson.phones(network).toString();
            if (!now.equals(shown)) {
                send(out, "phones", now);
                shown = now;
                // A storm of calls changes more often than anybody can look.
                network.awaitClosed(BREATH);
            }
            if (!network.awaitChangeSince(version, QUIET)) {
                send(out, "alive", "{}");
            }
        }
    }

    private static void send(OutputStream out, String event, String data) throws IOException {
        out.write("event: %s\ndata: %s\n\n".formatted(event, data).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

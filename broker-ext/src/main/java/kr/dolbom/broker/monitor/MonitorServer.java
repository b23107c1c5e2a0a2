package kr.dolbom.broker.monitor;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// For operators, without a sign-in, so on the loopback unless told otherwise:
///
/// - `GET /health`: 200 and `{"status":"UP"}` while devices may connect and the database is there, else
///   503 and `{"status":"DOWN"}`.
/// - `GET /metrics`: all of HiveMQ's figures with ours among them, in Prometheus' text format 0.0.4, or
///   OpenMetrics 1.0 where the caller prefers it.
public final class MonitorServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;

    private MonitorServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /// Starts a server.
    ///
    /// @param bind  address to listen on
    /// @param port  port to listen on; 0: any that is free
    /// @param ready whether the broker is up
    /// @throws IOException where the port cannot be had
    public static MonitorServer start(String bind, int port, MetricRegistry metrics, BooleanSupplier ready)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(bind, port), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new DropwizardExports(metrics, LabelledCounters.OTHERS));
        registry.register(new LabelledCounters(metrics));
        server.createContext("/metrics", new MetricsHandler(registry));
        server.createContext("/health", exchange -> answer(exchange, ready.getAsBoolean()));
        server.start();
        return new MonitorServer(server, threads);
    }

    /// The port it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, boolean ready) throws IOException {
        try (exchange) {
            byte[] body = ("{\"status\":\"" + (ready ? "UP" : "DOWN") + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

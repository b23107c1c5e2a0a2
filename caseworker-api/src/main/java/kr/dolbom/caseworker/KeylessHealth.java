package kr.dolbom.caseworker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import kr.dolbom.caseworker.secrecy.KeysetException;

/// What is left of the program without its keys: says why on stderr and at `GET /health`, and does
/// nothing else until it is ended.
final class KeylessHealth {
    private static final int SERVER_ERROR = 500;
    private static final int PORT = 8080;

    private KeylessHealth() {}

    /// Says it until this process is ended.
    static void tell(KeysetException why) throws InterruptedException {
        System.err.println("caseworker-api cannot start without its keys.");
        System.err.println(why.getMessage());
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
            byte[] body = new ObjectMapper()
                    .writeValueAsBytes(Map.of("status", "DOWN", "reason", String.valueOf(why.getMessage())));
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
                exchange.sendResponseHeaders(SERVER_ERROR, body.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
        } catch (IOException e) {
            System.err.println("Nor can it say so at /health: " + e.getMessage());
            return;
        }
        Thread.currentThread().join();
    }

    private static int port() {
        String port = System.getenv().getOrDefault("DOLBOM_API_PORT", "");
        return port.isBlank() ? PORT : Integer.parseInt(port.strip());
    }
}

package kr.dolbom.caseworker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartTest {
    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void itWaitsForADatabaseThatIsAwayAndThenServes() throws IOException {
        URI real = URI.create(town.database.url().substring("jdbc:".length()));
        int away = freePort();
        town.with("dolbom.db.url", town.database.url().replace(":" + real.getPort() + "/", ":" + away + "/"));
        CompletableFuture<EmbeddedServer> start = CompletableFuture.supplyAsync(town::start);
        await().during(Duration.ofSeconds(1)).atMost(Town.SOON).until(() -> !start.isDone());

        try (var door = new ServerSocket(away, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> forward(door, real.getPort()));
            start.join();
            await().atMost(Town.SOON)
                    .until(() -> new Client(town.url).get("/health").statusCode() == 200);
            start.join().stop();
        }
    }

    @Test
    void withoutATwilioAccountItDoesNotStartAndSaysWhatIsMissing() {
        town.with("dolbom.twilio.account-sid", "");
        RuntimeException e = assertThrows(RuntimeException.class, town::start);

        assertTrue(String.valueOf(rootOf(e).getMessage()).startsWith("DOLBOM_TWILIO_ACCOUNT_SID is ''"), e.toString());
    }

    @Test
    void theFirstOperatorIsAddedOnceAndKeepsThePassword() {
        town.start().stop();
        String hash = town.text("select password_hash as text from account where login = :value", "operator");
        town.with("dolbom.operator.password", "another password").start();

        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertEquals(hash, town.text("select password_hash as text from account where login = :value", "operator"));
    }

    private static void forward(ServerSocket door, int port) {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                pump(caller, server);
                pump(server, caller);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // one side hung up
            }
        });
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }
}

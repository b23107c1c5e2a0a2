package kr.dolbom.risk.emergency;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.db.fixture.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmergencyLaneTest {
    @Test
    void aNetworkThatSwallowsEverythingIsNoticedThoughNobodyCalls() throws Exception {
        try (var database = TestDatabase.create();
                var network = new Network(database.connection());
                var lane = EmergencyLane.open(network.through(), "risk-engine", Duration.ofMinutes(15))) {
            for (int second = 0; second < 11; second++) {
                lane.serve(Duration.ofSeconds(1)); // also over the first question, which is answered
            }
            network.isBlackHole = true;

            SQLException lost = assertThrows(SQLException.class, () -> {
                for (int second = 0; second < 11; second++) {
                    lane.serve(Duration.ofSeconds(1));
                }
            });
            assertTrue(String.valueOf(lost.getSQLState()).startsWith("08"), "SQLSTATE " + lost.getSQLState());
        }
    }

    /// A way to the database that keeps its connections open and can stop to pass on what is sent.
    private static final class Network implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final DatabaseConnection target;
        volatile boolean isBlackHole;

        Network(DatabaseConnection target) throws IOException {
            this.target = target;
            Thread.ofVirtual().start(this::accept);
        }

        DatabaseConnection through() {
            return new DatabaseConnection(
                    "jdbc:postgresql://127.0.0.1:%d/%s?socketTimeout=2&sslmode=disable"
                            .formatted(door.getLocalPort(), target.database()),
                    target.user(),
                    target.password());
        }

        private void accept() {
            String[] server = target.server().split(":", 2);
            try {
                while (true) {
                    Socket near = door.accept();
                    Socket far = new Socket(server[0], Integer.parseInt(server[1]));
                    Thread.ofVirtual().start(() -> pass(near, far));
                    Thread.ofVirtual().start(() -> pass(far, near));
                }
            } catch (IOException e) {
                // The door was closed.
            }
        }

        private void pass(Socket from, Socket to) {
            byte[] bytes = new byte[8192];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    if (!isBlackHole) {
                        out.write(bytes, 0, count);
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One side hung up.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}

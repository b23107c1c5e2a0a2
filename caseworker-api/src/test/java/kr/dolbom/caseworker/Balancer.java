package kr.dolbom.caseworker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What stands before several instances: hands each connection to the next one that takes connections, and keeps it
/// waiting for a while when none does.
final class Balancer implements AutoCloseable {
    private static final int CONNECT_MILLIS = 500;
    /// Twilio waits 15 s for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ServerSocket door;
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param ports of the instances, on loopback
    Balancer(List<Integer> ports) {
        this.ports = List.copyOf(ports);
        try {
            door = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket client) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            for (int i = 0; i < ports.size(); i++) {
                int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
                var server = new Socket();
                try {
                    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                } catch (IOException e) {
                    continue; // the next one
                }
                Thread.ofVirtual().start(() -> pipe(server, client));
                pipe(client, server);
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        close(client);
    }

    /// Passes everything on until either side ends.
    private static void pipe(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One side was killed; the other is closed as well.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package kr.dolbom.caseworker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/// The way to a server, on which everything can stand still: connections stay open and new ones are taken, but nothing
/// comes through, as with a program that is stopped or a half-open connection.
final class HangingWay implements AutoCloseable {
    private static final int PIECE = 8192;

    private final ServerSocket door;
    private final int port;
    private volatile CountDownLatch open = new CountDownLatch(0);

    /// @param port of the server, on loopback
    HangingWay(int port) {
        this.port = port;
        try {
            door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    void hang() {
        open = new CountDownLatch(1);
    }

    void goOn() {
        open.countDown();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> pipe(client, server));
                Thread.ofVirtual().start(() -> pipe(server, client));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void pipe(Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            int length = from.getInputStream().read(piece);
            while (length > 0) {
                open.await();
                to.getOutputStream().write(piece, 0, length);
                length = from.getInputStream().read(piece);
            }
        } catch (IOException e) {
            // One side has ended; the other is closed as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open.countDown();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package kr.dolbom.caseworker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// As much of an MQTT 5 broker as one device needs: it lets in whoever has a password that it knows,
/// acknowledges what is published, and hands it on.
final class FakeBroker implements AutoCloseable {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int DISCONNECT = 14;
    private static final byte BAD_CREDENTIALS = (byte) 0x86;

    final Set<String> passwords = ConcurrentHashMap.newKeySet();
    final List<String> topics = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private volatile BiConsumer<String, byte[]> onPublish = (topic, body) -> {};

    FakeBroker() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /// What happens with a message once it is stored.
    void onPublish(BiConsumer<String, byte[]> next) {
        onPublish = next;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                int kind = in.readUnsignedByte() >> 4;
                var packet = new Packet(in.readNBytes(length(in)));
                switch (kind) {
                    case CONNECT -> {
                        boolean known = passwords.contains(packet.password());
                        out.write(new byte[] {0x20, 3, 0, known ? 0 : BAD_CREDENTIALS, 0});
                        if (!known) {
                            return;
                        }
                    }
                    case PUBLISH -> {
                        String topic = packet.text();
                        byte[] id = packet.bytes(2);
                        packet.bytes(packet.number());
                        topics.add(topic);
                        onPublish.accept(topic, packet.rest());
                        out.write(new byte[] {0x40, 2, id[0], id[1]});
                    }
                    case DISCONNECT -> {
                        return;
                    }
                    default -> throw new IOException("packet of type " + kind);
                }
            }
        } catch (EOFException e) {
            // The device is gone.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next >= 0x80);
        return length;
    }

    private static final class Packet {
        private final byte[] body;
        private int at;

        Packet(byte[] body) {
            this.body = body;
        }

        byte[] bytes(int count) {
            byte[] bytes = java.util.Arrays.copyOfRange(body, at, at + count);
            at += count;
            return bytes;
        }

        byte[] rest() {
            return bytes(body.length - at);
        }

        /// Of one byte: no device of ours has properties beyond 127 bytes.
        int number() {
            return body[at++];
        }

        String text() {
            byte[] length = bytes(2);
            return new String(bytes(((length[0] & 0xFF) << 8) | (length[1] & 0xFF)), StandardCharsets.UTF_8);
        }

        /// Of a CONNECT without a last will.
        String password() {
            text();
            bytes(4);
            bytes(number());
            text();
            text();
            return text();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

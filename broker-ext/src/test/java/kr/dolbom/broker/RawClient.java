package kr.dolbom.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A client that says what no stock client would, and shows every packet that the broker answers. Not
/// safe for use by many threads.
final class RawClient implements AutoCloseable {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;
    static final int DISCONNECT = 14;
    /// The broker closed the connection without a packet.
    static final int CLOSED = 0;

    private static final int WAIT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;
    private final int version;
    private int packetId;
    private int acknowledgedId;

    /// @param type as the constants above
    /// @param code the reason code, 0 where it has none; of a SUBACK the first
    record Packet(int type, int code) {}

    /// A last will.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Will(String topic, byte[] body, int qos, boolean retained) {}

    private RawClient(Socket socket, int version) throws IOException {
        this.socket = socket;
        this.version = version;
        socket.setSoTimeout(WAIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /// @param version 5 or 4, which is MQTT 3.1.1
    static RawClient open(int port, int version) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port), version);
    }

    static RawClient open(Socket socket, int version) throws IOException {
        return new RawClient(socket, version);
    }

    /// A client that is connected.
    static RawClient connect(TestBroker broker, TestBroker.Device device, int version) throws IOException {
        RawClient client = open(broker.port(), version);
        Packet answer = client.connect(device.id(), device.id(), device.secret(), null);
        if (!answer.equals(new Packet(CONNACK, 0))) {
            client.close();
            throw new AssertionError("not let in: " + answer);
        }
        return client;
    }

    Packet connect(String id, @Nullable String user, @Nullable String password, @Nullable Will will)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream packet = new DataOutputStream(bytes);
        packet.writeUTF("MQTT");
        packet.writeByte(version);
        int flags = 0x02;
        flags |= user == null ? 0 : 0x80;
        flags |= password == null ? 0 : 0x40;
        flags |= will == null ? 0 : 0x04 | (will.qos() << 3) | (will.retained() ? 0x20 : 0);
        packet.writeByte(flags);
        packet.writeShort(30);
        properties(packet);
        text(packet, id);
        if (will != null) {
            properties(packet);
            text(packet, will.topic());
            packet.writeShort(will.body().length);
            packet.write(will.body());
        }
        if (user != null) {
            text(packet, user);
        }
        if (password != null) {
            text(packet, password);
        }
        send(0x10, bytes);
        return read();
    }

    Packet subscribe(String filter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream packet = new DataOutputStream(bytes);
        packet.writeShort(++packetId);
        properties(packet);
        text(packet, filter);
        packet.writeByte(1);
        send(0x82, bytes);
        return read();
    }

    Packet publish(String topic, byte[] body, int qos, boolean retained) throws IOException {
        return publish(topic, null, body, qos, retained);
    }

    /// @param responseTopic a property of MQTT 5; null: none
    Packet publish(String topic, @Nullable String responseTopic, byte[] body, int qos, boolean retained)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream packet = new DataOutputStream(bytes);
        text(packet, topic);
        if (qos > 0) {
            packet.writeShort(++packetId);
        }
        if (responseTopic == null) {
            properties(packet);
        } else {
            byte[] response = responseTopic.getBytes(StandardCharsets.UTF_8);
            packet.writeByte(response.length + 3);
            packet.writeByte(0x08);
            packet.writeShort(response.length);
            packet.write(response);
        }
        packet.write(body);
        send(0x30 | (qos << 1) | (retained ? 1 : 0), bytes);
        return read();
    }

    /// Publishes with QoS 1 and does not wait for the answer. The first message of a connection has the
    /// packet id 1.
    void publishOnly(String topic, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream packet = new DataOutputStream(bytes);
        text(packet, topic);
        packet.writeShort(++packetId);
        properties(packet);
        packet.write(body);
        send(0x32, bytes);
    }

    /// The packet id of the PUBACK that was read last.
    int acknowledgedId() {
        return acknowledgedId;
    }

    /// The next packet of the broker.
    Packet read() throws IOException {
        try {
            int head = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int part;
            do {
                part = in.readUnsignedByte();
                length |= (part & 0x7F) << shift;
                shift += 7;
            } while ((part & 0x80) != 0);
            byte[] body = in.readNBytes(length);
            int type = head >> 4;
            if (type == PUBACK) {
                acknowledgedId = ByteBuffer.wrap(body).getShort();
            }
            return new Packet(type, code(type, body));
        } catch (EOFException | SocketException e) {
            return new Packet(CLOSED, 0);
        }
    }

    private int code(int type, byte[] body) {
        ByteBuffer packet = ByteBuffer.wrap(body);
        return switch (type) {
            case CONNACK -> packet.get(1) & 0xFF;
            case PUBACK -> body.length > 2 ? packet.get(2) & 0xFF : 0;
            case SUBACK -> body[body.length - 1] & 0xFF;
            case DISCONNECT -> body.length > 0 ? packet.get(0) & 0xFF : 0;
            default -> 0;
        };
    }

    private void properties(DataOutputStream packet) throws IOException {
        if (version == 5) {
            packet.writeByte(0);
        }
    }

    /// Not `writeUTF`, which writes U+0000 in a way of its own.
    private static void text(DataOutputStream packet, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        packet.writeShort(bytes.length);
        packet.write(bytes);
    }

    private void send(int head, ByteArrayOutputStream bytes) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head);
        int length = bytes.size();
        do {
            int part = length & 0x7F;
            length >>= 7;
            whole.write(length > 0 ? part | 0x80 : part);
        } while (length > 0);
        bytes.writeTo(whole);
        socket.getOutputStream().write(whole.toByteArray());
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

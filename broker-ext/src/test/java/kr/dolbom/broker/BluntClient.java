package kr.dolbom.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import kr.dolbom.broker.TestBroker.Device;

/// A device that speaks MQTT 5 by hand, to do what no stock client would: say nothing more, keep an
/// acknowledgement back, or refuse a command.
final class BluntClient implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int PUBLISH = 0x30;
    private static final int PUBACK = 0x40;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 0x90;
    private static final int USER_PASSWORD_CLEAN = 0xC2;
    private static final int REASON_STRING = 0x1F;
    private static final int WAIT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;

    private BluntClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(WAIT_MILLIS);
    }

    static BluntClient connect(int port, Device device, int keepAliveSeconds) throws IOException {
        Bytes packet = new Bytes();
        packet.writeUTF("MQTT");
        packet.writeByte(5);
        packet.writeByte(USER_PASSWORD_CLEAN);
        packet.writeShort(keepAliveSeconds);
        packet.writeByte(0);
        packet.writeUTF(device.id());
        packet.writeUTF(device.id());
        packet.writeUTF(device.secret());
        BluntClient client = new BluntClient(new Socket(InetAddress.getLoopbackAddress(), port));
        client.send(CONNECT, packet);
        return client;
    }

    void subscribe(String filter) throws IOException {
        Bytes packet = new Bytes();
        packet.writeShort(1);
        packet.writeByte(0);
        packet.writeUTF(filter);
        packet.writeByte(1);
        send(SUBSCRIBE, packet);
        await(SUBACK);
    }

    /// A message that came with QoS 1.
    ///
    /// @param packetId what its acknowledgement must bear
    /// @param rest properties and body, as text
    record Received(int packetId, String rest) {}

    Received awaitPublish() throws IOException {
        ByteBuffer body = ByteBuffer.wrap(await(PUBLISH));
        body.position(2 + body.getShort());
        int packetId = Short.toUnsignedInt(body.getShort());
        return new Received(packetId, StandardCharsets.UTF_8.decode(body).toString());
    }

    void refuse(int packetId, int reasonCode, String why) throws IOException {
        Bytes packet = new Bytes();
        packet.writeShort(packetId);
        packet.writeByte(reasonCode);
        packet.writeByte(1 + 2 + why.length());
        packet.writeByte(REASON_STRING);
        packet.writeUTF(why);
        send(PUBACK, packet);
    }

    boolean isConnectedSoFarAsItKnows() {
        return socket.isConnected() && !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Reads on to the next packet of a type.
    private byte[] await(int type) throws IOException {
        while (true) {
            int header = in.readUnsignedByte();
            byte[] body = in.readNBytes(readLength());
            if ((header & 0xF0) == type) {
                return body;
            }
        }
    }

    private int readLength() throws IOException {
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit > 0x7F);
        return length;
    }

    private void send(int type, Bytes body) throws IOException {
        Bytes packet = new Bytes();
        packet.writeByte(type);
        // A variable byte integer of two bytes, of which the second may be 0.
        packet.writeByte((body.size() & 0x7F) | 0x80);
        packet.writeByte(body.size() >> 7);
        body.into.writeTo(packet);
        packet.into.writeTo(socket.getOutputStream());
    }

    private static final class Bytes extends DataOutputStream {
        private final ByteArrayOutputStream into;

        Bytes() {
            this(new ByteArrayOutputStream());
        }

        private Bytes(ByteArrayOutputStream into) {
            super(into);
            this.into = into;
        }
    }
}

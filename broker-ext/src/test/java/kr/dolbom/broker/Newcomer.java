package kr.dolbom.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.broker.TestBroker.Device;

/// A device that connects and reads what it is told; light enough to have a thousand of.
final class Newcomer implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int USER_PASSWORD_CLEAN = 0xC2;
    private static final int USER_PROPERTY = 0x26;
    private static final int WAIT_MILLIS = 30_000;
    private static final Pattern RETRY = Pattern.compile("retry in (\\d+) s");

    private final Socket socket;
    private final byte[] connack;

    private Newcomer(Socket socket, byte[] connack) {
        this.socket = socket;
        this.connack = connack;
    }

    /// @param version 5, or 4 for MQTT 3.1.1
    /// @param urgent  whether it says that it has an emergency to tell
    static Newcomer connect(int port, Device device, int version, boolean urgent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream packet = new DataOutputStream(bytes);
        packet.writeUTF("MQTT");
        packet.writeByte(version);
        packet.writeByte(USER_PASSWORD_CLEAN);
        packet.writeShort(30);
        if (version == 5) {
            ByteArrayOutputStream properties = new ByteArrayOutputStream();
            if (urgent) {
                DataOutputStream property = new DataOutputStream(properties);
                property.writeByte(USER_PROPERTY);
                property.writeUTF("urgent");
                property.writeUTF("emergency");
            }
            packet.writeByte(properties.size());
            properties.writeTo(packet);
        }
        packet.writeUTF(device.id());
        packet.writeUTF(device.id());
        packet.writeUTF(device.secret());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(WAIT_MILLIS);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(CONNECT);
        // A variable byte integer of two bytes: 128 to 16383, or one.
        if (bytes.size() > 127) {
            whole.write((bytes.size() & 0x7F) | 0x80);
            whole.write(bytes.size() >> 7);
        } else {
            whole.write(bytes.size());
        }
        bytes.writeTo(whole);
        whole.writeTo(out);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int type = in.readUnsignedByte();
        if (type != CONNACK) {
            throw new IOException("not a CONNACK: " + type);
        }
        int low = in.readUnsignedByte();
        int length = low < 128 ? low : (low & 0x7F) | (in.readUnsignedByte() << 7);
        return new Newcomer(socket, in.readNBytes(length));
    }

    int code() {
        return connack[1] & 0xFF;
    }

    int retrySeconds() {
        Matcher hint = RETRY.matcher(new String(connack, StandardCharsets.ISO_8859_1));
        if (!hint.find()) {
            throw new AssertionError("no hint when to come back: " + new String(connack, StandardCharsets.ISO_8859_1));
        }
        return Integer.parseInt(hint.group(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package kr.dolbom.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import kr.dolbom.broker.TestBroker.Device;

/// A device that connects by MQTT 5 and never says a word again, as no stock client would.
final class SilentClient implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int USER_PASSWORD_CLEAN = 0xC2;

    private final Socket socket;

    private SilentClient(Socket socket) {
        this.socket = socket;
    }

    static SilentClient connect(int port, Device device, int keepAliveSeconds) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream packet = new DataOutputStream(bytes);
        packet.writeUTF("MQTT");
        packet.writeByte(5);
        packet.writeByte(USER_PASSWORD_CLEAN);
        packet.writeShort(keepAliveSeconds);
        packet.writeByte(0);
        packet.writeUTF(device.id());
        packet.writeUTF(device.id());
        packet.writeUTF(device.secret());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeByte(CONNECT);
        int length = bytes.size();
        // A variable byte integer of two bytes: 128 to 16383.
        out.writeByte((length & 0x7F) | 0x80);
        out.writeByte(length >> 7);
        bytes.writeTo(out);
        out.flush();
        return new SilentClient(socket);
    }

    boolean isConnectedSoFarAsItKnows() {
        return socket.isConnected() && !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package kr.dolbom.sim.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Sockets that send at once. Paho leaves Nagle's algorithm on, which holds a small message back until an earlier one
/// is acknowledged by TCP: up to 40 ms for an SOS.
public final class WithoutNagle extends SocketFactory {
    /// Sockets without Nagle's algorithm.
    public WithoutNagle() {}

    @Override
    public Socket createSocket() throws IOException {
        return withoutNagle(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return withoutNagle(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return withoutNagle(new Socket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return withoutNagle(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return withoutNagle(new Socket(host, port, localHost, localPort));
    }

    private static Socket withoutNagle(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return socket;
    }
}

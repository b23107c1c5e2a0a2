package kr.dolbom.broker.monitor;

import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.client.parameter.ListenerType;
import com.hivemq.extension.sdk.api.packets.connack.ConnackPacket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import kr.dolbom.contract.Contract;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warns where HiveMQ's own configuration does not suit the contract. An extension cannot read that configuration: the
/// listeners are looked at when it starts, the rest when HiveMQ tells it to the first MQTT 5 device.
public final class HiveMqCheck {
    private static final Logger LOG = LoggerFactory.getLogger(HiveMqCheck.class);
    private static final int ENVELOPE_BYTES = 1_024;
    private static final int LARGEST_SENSIBLE_PACKET = 64 * 1_024;

    private final AtomicBoolean done = new AtomicBoolean();

    /// One for a broker.
    public HiveMqCheck() {}

    /// Looks at the listeners.
    public static void look(Collection<Listener> listeners) {
        findFaults(listeners).forEach(HiveMqCheck::warn);
    }

    /// Looks at what HiveMQ tells an MQTT 5 device, the first time alone.
    void lookOnce(ConnackPacket connack) {
        if (!done.getAndSet(true)) {
            findFaults(connack).forEach(HiveMqCheck::warn);
        }
    }

    private static void warn(String fault) {
        LOG.warn("HiveMQ's config.xml does not suit the Dolbom extension: {} See its conf/hivemq-config.xml.", fault);
    }

    private static List<String> findFaults(Collection<Listener> listeners) {
        List<String> faults = new ArrayList<>();
        for (Listener listener : listeners) {
            boolean open = listener.getListenerType() == ListenerType.TCP_LISTENER
                    || listener.getListenerType() == ListenerType.WEBSOCKET_LISTENER;
            if (open && !isLoopback(listener.getBindAddress())) {
                faults.add("The listener " + listener.getName() + " on " + listener.getBindAddress() + ":"
                        + listener.getPort() + " has no TLS, and is open to others than this machine.");
            }
        }
        return faults;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static List<String> findFaults(ConnackPacket connack) {
        List<String> faults = new ArrayList<>();
        if (connack.getTopicAliasMaximum() > 0) {
            faults.add(
                    "Topic aliases are on; stock clients that use those of an earlier connection never get through.");
        }
        int packet = connack.getMaximumPacketSize();
        if (packet < Contract.MAX_PAYLOAD_BYTES + ENVELOPE_BYTES || packet > LARGEST_SENSIBLE_PACKET) {
            faults.add("max-packet-size is " + packet + ", expected " + (Contract.MAX_PAYLOAD_BYTES + ENVELOPE_BYTES)
                    + " to " + LARGEST_SENSIBLE_PACKET + ": a body has up to " + Contract.MAX_PAYLOAD_BYTES
                    + " bytes.");
        }
        if (!connack.getRetainAvailable()) {
            faults.add("Retained messages are off; a device that sends one is cut off without being told why.");
        }
        return faults;
    }
}

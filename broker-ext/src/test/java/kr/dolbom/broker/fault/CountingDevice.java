package kr.dolbom.broker.fault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// A device that numbers its messages and keeps count of what was acknowledged. Eclipse Paho does the
/// rest as it comes: it reconnects, and sends again what has no acknowledgement.
final class CountingDevice implements AutoCloseable, MqttActionListener, MqttCallback {
    private static final int FIRST_ERROR = 0x80;
    private static final int SERVER_BUSY = 0x89;
    private static final int MOST_IN_FLIGHT = 10;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = Long.MIN_VALUE;

    private final MqttAsyncClient client;
    private final String topic;
    private final int number;
    private final BitSet acknowledged = new BitSet();
    private final AtomicInteger toldBusy;
    private int next;
    private int refused;

    /// @param number the database's number of it
    /// @param toldBusy counts how often the broker closed a connection as busy
    CountingDevice(String uri, String id, int number, AtomicInteger toldBusy) throws MqttException {
        client = new MqttAsyncClient(uri, id, new MemoryPersistence());
        client.setCallback(this);
        this.number = number;
        this.toldBusy = toldBusy;
        topic = "dolbom/v1/" + id + "/telemetry/activity";
    }

    IMqttToken connect(String secret) throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(client.getClientId());
        options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 2);
        options.setMaxReconnectDelay(2_000);
        options.setKeepAliveInterval(10);
        options.setConnectionTimeout(10);
        return client.connect(options);
    }

    /// Publishes the next number, where the connection takes one.
    void publish() {
        if (!client.isConnected() || client.getPendingTokens().length >= MOST_IN_FLIGHT) {
            return;
        }
        // The number makes the id: one that Paho did not take comes again as the same message.
        String body = """
                {"id":"%s","time":"%s","seq":%d,"data":{"windowSeconds":600,"counts":\
                [{"sensor":"motion","room":"lounge","count":4,"lastSecondsBefore":35}]}}""".formatted(id(next), Instant.now(), next);
        try {
            client.publish(topic, new MqttMessage(body.getBytes(StandardCharsets.UTF_8), 1, false, null), next, this);
            next++;
        } catch (MqttException e) {
            // Between two connections; the next time.
        }
    }

    private UUID id(int count) {
        return new UUID(((long) number << 16) | VERSION_7, VARIANT | count);
    }

    int number() {
        return number;
    }

    synchronized int countAcknowledged() {
        return acknowledged.cardinality();
    }

    synchronized int countRefused() {
        return refused;
    }

    /// Whether every number that was published was acknowledged.
    synchronized boolean isAllAcknowledged() {
        return acknowledged.cardinality() == next;
    }

    @Override
    public synchronized void onSuccess(IMqttToken token) {
        if (token.getReasonCodes()[0] < FIRST_ERROR) {
            acknowledged.set((Integer) token.getUserContext());
        } else {
            refused++;
        }
    }

    @Override
    public synchronized void onFailure(IMqttToken token, Throwable exception) {
        // Without an error code the connection broke, and Paho sends the message again.
        int[] codes = token.getReasonCodes();
        if (codes != null && codes.length > 0 && codes[0] >= FIRST_ERROR) {
            refused++;
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        if (response.getReturnCode() == SERVER_BUSY) {
            toldBusy.incrementAndGet();
        }
    }

    @Override
    public void close() throws MqttException {
        client.setCallback(null);
        client.disconnectForcibly(0, 1, false);
        client.close(true);
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void messageArrived(String topicName, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}

package kr.dolbom.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// A stock MQTT 5 client, Eclipse Paho, as a device.
final class TestClient implements AutoCloseable, MqttCallback {
    private static final long WAIT_MILLIS = 15_000;

    final BlockingQueue<MqttMessage> commands = new LinkedBlockingQueue<>();
    /// Reason codes of the server's DISCONNECT packets.
    final BlockingQueue<Integer> disconnects = new LinkedBlockingQueue<>();
    /// Their reason strings.
    final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    private final MqttAsyncClient client;

    private TestClient(String uri, String clientId) throws MqttException {
        client = new MqttAsyncClient(uri, clientId, new MemoryPersistence());
        client.setCallback(this);
    }

    static TestClient connect(TestBroker broker, Device device) throws MqttException {
        return connect(broker.uri(), device, options -> {});
    }

    static TestClient connect(String uri, Device device, Consumer<MqttConnectionOptions> with) throws MqttException {
        return connect(uri, device.id(), device.id(), device.secret(), with);
    }

    static TestClient connect(
            String uri, String clientId, String user, String secret, Consumer<MqttConnectionOptions> with)
            throws MqttException {
        TestClient made = new TestClient(uri, clientId);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        options.setKeepAliveInterval(30);
        with.accept(options);
        try {
            made.client.connect(options).waitForCompletion(WAIT_MILLIS);
            return made;
        } catch (MqttException e) {
            made.client.close(true);
            throw e;
        }
    }

    /// The reason code with which a connection is refused.
    static int refusal(String uri, String clientId, String user, String secret, Consumer<MqttConnectionOptions> with) {
        return assertThrows(
                        MqttException.class,
                        () -> connect(uri, clientId, user, secret, with).close())
                .getReasonCode();
    }

    static int refusal(TestBroker broker, Device device) {
        return refusal(broker.uri(), device.id(), device.id(), device.secret(), options -> {});
    }

    IMqttToken send(String topic, byte[] body) throws MqttException {
        return send(topic, body, 1, false);
    }

    IMqttToken send(String topic, byte[] body, int qos, boolean retained) throws MqttException {
        return client.publish(topic, body, qos, retained);
    }

    /// Publishes and waits for the answer.
    ///
    /// @return its reason code
    int publish(String topic, byte[] body) throws MqttException {
        return publishForAnswer(topic, body).code();
    }

    Answer publishForAnswer(String topic, byte[] body) throws MqttException {
        return answer(sendWhenThereIsRoom(topic, body));
    }

    /// Paho wakes whoever waits for an answer before it counts the message as answered, so that messages sent one
    /// after the other can be one too many at once. Such a one is sent as soon as there is room.
    IMqttToken sendWhenThereIsRoom(String topic, byte[] body) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .ignoreExceptionsMatching(TestClient::isForWantOfRoom)
                .until(() -> send(topic, body), Objects::nonNull);
    }

    private static boolean isForWantOfRoom(Throwable thrown) {
        return thrown instanceof MqttException e && e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT;
    }

    Answer publishAs(String contentType, String topic, byte[] body) throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(contentType);
        return answer(client.publish(topic, new MqttMessage(body, 1, false, properties)));
    }

    record Answer(int code, String reason) {}

    static Answer answer(IMqttToken token) throws MqttException {
        try {
            token.waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            if (token.getReasonCodes() == null || token.getReasonCodes().length == 0) {
                throw e;
            }
        }
        MqttProperties properties = token.getResponseProperties();
        String reason = properties == null ? null : properties.getReasonString();
        return new Answer(token.getReasonCodes()[0], reason == null ? "" : reason);
    }

    void subscribe(String filter) throws MqttException {
        assertEquals(1, subscribeForCode(filter));
    }

    int subscribeForCode(String filter) throws MqttException {
        return answer(client.subscribe(filter, 1)).code();
    }

    MqttMessage awaitCommand() throws InterruptedException {
        MqttMessage command = commands.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (command == null) {
            throw new AssertionError("no command came");
        }
        return command;
    }

    int awaitDisconnect() throws InterruptedException {
        Integer code = disconnects.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (code == null) {
            throw new AssertionError("the server did not disconnect");
        }
        return code;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    int unacknowledged() {
        return client.getPendingTokens().length;
    }

    void disconnect() throws MqttException {
        client.disconnect().waitForCompletion(WAIT_MILLIS);
    }

    void disconnectWithWill() throws MqttException {
        client.disconnect(0, null, null, 0x04, new MqttProperties()).waitForCompletion(WAIT_MILLIS);
    }

    /// Cuts the connection without a word.
    void vanish() throws MqttException {
        client.disconnectForcibly(0, 1, false);
    }

    @Override
    public void close() throws MqttException {
        client.setCallback(null);
        if (client.isConnected()) {
            client.disconnect(0).waitForCompletion(WAIT_MILLIS);
        }
        client.close(true);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        commands.add(message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        reasons.add(String.valueOf(response.getReasonString()));
        disconnects.add(response.getReturnCode());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverURI) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}

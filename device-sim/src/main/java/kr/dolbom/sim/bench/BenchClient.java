package kr.dolbom.sim.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.sim.device.WithoutNagle;
import kr.dolbom.sim.stack.StackException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// One device's connection, by the stock client that the simulated devices use. It has as many messages
/// on the way as
/// the broker allows.
final class BenchClient implements AutoCloseable {
    private static final long CONNECT_MILLIS = 60_000;
    private static final int FIRST_ERROR_CODE = 0x80;
    // Paho logs to java.util.logging; the field keeps the level from being collected.
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5.client");

    static {
        PAHO.setLevel(Level.OFF);
    }

    /// Told about each answer.
    @FunctionalInterface
    interface Answers {
        /// A message was answered.
        ///
        /// @param sentNanos when the message was handed to the client, by [System#nanoTime()]
        void acknowledged(long sentNanos, boolean success);
    }

    private final String id;
    private final MqttAsyncClient client;
    private final Answers answers;
    private final int windowSize;
    private final Semaphore window;

    private BenchClient(String id, MqttAsyncClient client, int windowSize, Answers answers) {
        this.id = id;
        this.client = client;
        this.windowSize = windowSize;
        this.window = new Semaphore(windowSize);
        this.answers = answers;
    }

    static BenchClient connect(
            int port, String id, DeviceSecret secret, ScheduledExecutorService threads, Answers answers) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setKeepAliveInterval(120);
        options.setConnectionTimeout(60);
        options.setAutomaticReconnect(false);
        options.setUserName(id);
        options.setPassword(secret.text().getBytes(StandardCharsets.UTF_8));
        options.setSocketFactory(new WithoutNagle());
        try {
            MqttAsyncClient client =
                    new MqttAsyncClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence(), null, threads);
            IMqttToken connected = client.connect(options);
            connected.waitForCompletion(CONNECT_MILLIS);
            Integer told = connected.getResponseProperties() == null
                    ? null
                    : connected.getResponseProperties().getReceiveMaximum();
            return new BenchClient(id, client, told == null ? 10 : Math.min(told, 100), answers);
        } catch (MqttException e) {
            throw new StackException("The device " + id + " cannot connect to port " + port + ": " + e, e);
        }
    }

    /// Publishes a message, as soon as there is room for it.
    void publish(String topic, byte[] body) throws InterruptedException {
        MqttMessage message = new MqttMessage(body, 1, false, properties());
        long sent = System.nanoTime();
        window.acquire();
        try {
            client.publish(topic, message, null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    int[] codes = token.getReasonCodes();
                    answers.acknowledged(sent, codes == null || codes.length == 0 || codes[0] < FIRST_ERROR_CODE);
                    window.release();
                }

                @Override
                public void onFailure(IMqttToken token, Throwable why) {
                    answers.acknowledged(sent, false);
                    window.release();
                }
            });
        } catch (MqttException e) {
            throw new StackException("The device " + id + " cannot publish: " + e, e);
        }
    }

    private static MqttProperties properties() {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(Contract.CONTENT_TYPE);
        properties.setPayloadFormat(true);
        return properties;
    }

    /// Waits until every message is answered.
    ///
    /// @return false where some were not in time
    boolean awaitAnswers(Duration atMost) throws InterruptedException {
        if (!window.tryAcquire(windowSize, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        window.release(windowSize);
        return true;
    }

    @Override
    public void close() {
        try {
            client.disconnect(500).waitForCompletion(5_000);
            client.close();
        } catch (MqttException e) {
            // it is gone already, which is what was wanted
        }
    }
}

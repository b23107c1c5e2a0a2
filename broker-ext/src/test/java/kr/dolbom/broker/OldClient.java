package kr.dolbom.broker;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kr.dolbom.broker.TestBroker.Device;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// A stock MQTT 3.1.1 client that reconnects by itself.
final class OldClient implements AutoCloseable, MqttCallback {
    private static final long WAIT_MILLIS = 15_000;

    private final BlockingQueue<MqttMessage> commands = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> losses = new LinkedBlockingQueue<>();
    private final MqttAsyncClient client;

    private OldClient(String uri, Device device) throws MqttException {
        client = new MqttAsyncClient(uri, device.id(), new MemoryPersistence());
        client.setCallback(this);
    }

    static OldClient connect(String uri, Device device) throws MqttException {
        return connect(uri, device, device.secret());
    }

    static OldClient connect(String uri, Device device, String secret) throws MqttException {
        OldClient made = new OldClient(uri, device);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName(device.id());
        options.setPassword(secret.toCharArray());
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(1_000);
        try {
            made.client.connect(options).waitForCompletion(WAIT_MILLIS);
            return made;
        } catch (MqttException e) {
            made.client.close();
            throw e;
        }
    }

    IMqttDeliveryToken send(String topic, byte[] body) throws MqttException {
        return client.publish(topic, body, 1, false);
    }

    void publish(String topic, byte[] body) throws MqttException {
        send(topic, body).waitForCompletion(WAIT_MILLIS);
    }

    void subscribe(String filter) throws MqttException {
        client.subscribe(filter, 1).waitForCompletion(WAIT_MILLIS);
    }

    MqttMessage awaitCommand() throws InterruptedException {
        MqttMessage command = commands.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (command == null) {
            throw new AssertionError("no command came");
        }
        return command;
    }

    void awaitLoss() throws InterruptedException {
        if (losses.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS) == null) {
            throw new AssertionError("the connection was not lost");
        }
    }

    int unacknowledged() {
        return client.getPendingDeliveryTokens().length;
    }

    @Override
    public void close() throws MqttException {
        client.setCallback(null);
        client.disconnectForcibly(0, 1_000);
        client.close(true);
    }

    @Override
    public void connectionLost(Throwable cause) {
        losses.add(true);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        commands.add(message);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}

package kr.dolbom.sim.device;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.command.Command;
import kr.dolbom.contract.command.CommandMessage;
import kr.dolbom.contract.telemetry.TelemetryKind;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.CommandTopic;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/// Stands where the platform stands: sees all that devices publish, and gives commands.
final class Observer implements AutoCloseable, MqttCallback {
    private final MqttClient client;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /// A message that arrived.
    record Seen(
            String topic,
            String body,
            @Nullable String correlation,
            @Nullable String contentType) {
        TelemetryKind kind() {
            return TelemetryTopic.find(topic).orElseThrow().kind();
        }

        /// Fails where the contract does not take the body.
        TelemetryMessage message() {
            return Contract.readTelemetry(kind(), body.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
        }
    }

    Observer(URI broker) throws MqttException {
        client = new MqttClient(broker.toString(), "observer-" + UUID.randomUUID(), new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setReceiveMaximum(1000);
        client.connect(options);
        client.setCallback(this);
        // Paho's subscribe with filters alone passes null properties on, and fails over them
        client.subscribe(new MqttSubscription[] {new MqttSubscription("dolbom/v1/#", 1)});
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<TelemetryMessage> messages(TelemetryKind kind) {
        return seen.stream()
                .filter(s -> TelemetryTopic.find(s.topic())
                        .filter(t -> t.kind() == kind)
                        .isPresent())
                .map(Seen::message)
                .toList();
    }

    static CommandMessage command(Command data, Clock clock) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return new CommandMessage(MessageId.at(clock.instant()), now, now.plus(Duration.ofMinutes(5)), data);
    }

    void give(DeviceId device, CommandMessage command, @Nullable String responseTopic) throws MqttException {
        MqttProperties properties = new MqttProperties();
        if (responseTopic != null) {
            properties.setResponseTopic(responseTopic);
            properties.setCorrelationData(command.id().toString().getBytes(StandardCharsets.UTF_8));
        }
        client.publish(
                new CommandTopic(device, command.data().kind()).text(),
                new MqttMessage(Contract.write(command), 1, false, properties));
    }

    /// Publishes any text to any topic.
    void give(String topic, String body) throws MqttException {
        client.publish(topic, new MqttMessage(body.getBytes(StandardCharsets.UTF_8), 1, false, new MqttProperties()));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        byte[] correlation = message.getProperties().getCorrelationData();
        if (!topic.contains("/command/")) {
            seen.add(new Seen(
                    topic,
                    new String(message.getPayload(), StandardCharsets.UTF_8),
                    correlation == null ? null : new String(correlation, StandardCharsets.UTF_8),
                    message.getProperties().getContentType()));
        }
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect();
        }
        client.close();
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}

package kr.dolbom.caseworker.canary;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.credential.RenewalTopic;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.TelemetryMessage;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.contract.topic.TelemetryTopic;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// The canary home's device: connects, tells of its birth as every device does, and presses the button.
/// It enrols by its claim code where its secret is not known yet. One thread uses it at a time.
@Singleton
final class CanaryDevice {
    private static final String FIRMWARE = "canary";
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long GOODBYE_MILLIS = 2_000;
    private static final int BAD_CREDENTIALS = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int FIRST_ERROR_CODE = 0x80;
    private static final int MESSAGES_A_RUN = 2;

    // Paho logs to java.util.logging what it throws anyway; the field keeps the level from being collected.
    private static final java.util.logging.Logger PAHO =
            java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5.client");

    static {
        PAHO.setLevel(Level.OFF);
    }

    private final CanarySettings settings;
    private final Clock clock;

    CanaryDevice(CanarySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// A message id that nobody else makes: UUID of version 7 (RFC 9562).
    static UUID newMessageId(Instant at) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = at.toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }

    /// Calls for help, and waits until the broker has stored it.
    ///
    /// @param messageId of the call
    /// @param run counts the runs; the device's messages are numbered by it
    /// @throws MqttException where the broker cannot be reached, refuses, or does not answer within 10 s
    void press(UUID messageId, int run, Instant at) throws MqttException {
        MqttAsyncClient client = connect();
        try {
            int sequence = run * MESSAGES_A_RUN;
            var birth = new Status(Status.State.BIRTH, FIRMWARE, Contract.VERSION, null, true, null, List.of(), null);
            var call = new Emergency(Emergency.Trigger.SOS_BUTTON, null, null, null);
            IMqttToken born = publish(client, newMessageId(at), sequence, birth, at);
            await(publish(client, messageId, sequence + 1, call, at));
            await(born);
        } finally {
            close(client);
        }
    }

    private MqttAsyncClient connect() throws MqttException {
        try {
            return connect(settings.secret());
        } catch (MqttException e) {
            boolean isUnknown = e.getReasonCode() == BAD_CREDENTIALS || e.getReasonCode() == NOT_AUTHORIZED;
            if (!isUnknown || settings.claimCode().isEmpty()) {
                throw e;
            }
            enrol();
            return connect(settings.secret());
        }
    }

    /// Sets the secret of the settings: every instance of the program knows it.
    private void enrol() throws MqttException {
        MqttAsyncClient client =
                connect(ClaimCode.find(settings.claimCode()).orElseThrow().text());
        try {
            Instant now = clock.instant();
            var renewal = new RenewalMessage(
                    newMessageId(now), now.atOffset(ZoneOffset.UTC), new DeviceSecret(settings.secret()));
            await(client.publish(new RenewalTopic(id()).text(), message(Contract.write(renewal))));
        } finally {
            close(client);
        }
    }

    private MqttAsyncClient connect(String password) throws MqttException {
        var client = new MqttAsyncClient(settings.broker(), settings.device(), new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        options.setConnectionTimeout((int) Duration.ofMillis(TIMEOUT_MILLIS).toSeconds());
        options.setUserName(settings.device());
        options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        try {
            client.connect(options).waitForCompletion(TIMEOUT_MILLIS);
            return client;
        } catch (MqttException e) {
            close(client);
            throw e;
        }
    }

    private IMqttToken publish(MqttAsyncClient client, UUID messageId, long sequence, Telemetry data, Instant at)
            throws MqttException {
        byte[] body = Contract.write(new TelemetryMessage(messageId, at.atOffset(ZoneOffset.UTC), sequence, data));
        return client.publish(new TelemetryTopic(id(), data.kind()).text(), message(body));
    }

    private static MqttMessage message(byte[] body) {
        var properties = new MqttProperties();
        properties.setContentType(Contract.CONTENT_TYPE);
        properties.setPayloadFormat(true);
        return new MqttMessage(body, 1, false, properties);
    }

    private static void await(IMqttToken published) throws MqttException {
        published.waitForCompletion(TIMEOUT_MILLIS);
        int[] codes = published.getReasonCodes();
        if (codes != null && codes.length > 0 && codes[0] >= FIRST_ERROR_CODE) {
            throw new MqttException(codes[0]);
        }
    }

    private static void close(MqttAsyncClient client) {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(GOODBYE_MILLIS);
            }
            client.close(true);
        } catch (MqttException e) {
            // It is gone already.
        }
    }

    private DeviceId id() {
        return new DeviceId(settings.device());
    }
}

package kr.dolbom.sim.device;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.credential.RenewalMessage;
import kr.dolbom.contract.credential.RenewalTopic;
import kr.dolbom.contract.topic.CommandTopic;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/// One connection to the broker, from CONNECT to its end; never used again afterwards. A new Paho
/// client for each keeps resending in one place, the [Outbox].
final class MqttLink {
    /// How long the broker keeps what it has for a device that is away.
    private static final long SESSION_EXPIRY_SECONDS = 24 * 3600;

    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    private static final int COMMANDS_AT_ONCE = 16;
    private static final int MQTT_RECEIVE_MAXIMUM_DEFAULT = 65_535;
    private static final int FIRST_ERROR_CODE = 0x80;

    // Paho logs to java.util.logging what is told to Events anyway; the field keeps the level from being collected
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5.client");

    static {
        PAHO.setLevel(Level.OFF);
    }

    /// What comes from the broker.
    interface Events {
        /// Connected and subscribed.
        ///
        /// @param receiveMaximum how many messages the broker takes without having acknowledged them
        void up(MqttLink link, int receiveMaximum);

        /// Not connected, or not any more.
        void down(MqttLink link, Disconnection why);

        /// The broker answered a message.
        void acknowledged(MqttLink link, Outgoing message, int reasonCode, @Nullable String reasonString);

        /// Connected by a claim code, which is for setting a secret and for nothing else.
        void claimed(MqttLink link);

        /// The broker answered the message that sets a new secret.
        void renewed(MqttLink link, int reasonCode, @Nullable String reasonString);

        /// A command arrived.
        void command(String topic, byte[] body, @Nullable String responseTopic, byte @Nullable [] correlation);
    }

    private final DeviceConfig config;
    private final Keyring.Login login;
    private final ScheduledExecutorService executor;
    private final Events events;
    private final MqttAsyncClient client;

    MqttLink(DeviceConfig config, Keyring.Login login, ScheduledExecutorService executor, Events events) {
        this.config = config;
        this.login = login;
        this.executor = executor;
        this.events = events;
        try {
            client = new MqttAsyncClient(
                    config.broker().toString(), config.id().value(), new MemoryPersistence(), null, executor);
        } catch (MqttException e) {
            throw new IllegalArgumentException(
                    "'%s' is no broker address; expected tcp://host:port".formatted(config.broker()), e);
        }
        client.setCallback(new Inbound());
    }

    /// Connects and subscribes; the outcome comes as an event.
    ///
    /// @param will what the broker publishes when the connection ends without good-bye
    void open(Outgoing will) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_EXPIRY_SECONDS);
        options.setReceiveMaximum(COMMANDS_AT_ONCE);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS);
        options.setAutomaticReconnect(false);
        options.setUserName(config.id().value());
        if (login.password() != null) {
            options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
        }
        boolean claims = login.by() == Keyring.By.CLAIM;
        if (!claims) {
            options.setWill(will.topic(), new MqttMessage(will.body(), 1, false, properties(will)));
            options.setWillMessageProperties(properties(will));
        }
        if (config.broker().getScheme().equals("tcp")) {
            options.setSocketFactory(new WithoutNagle());
        } else if (config.tls() != null) {
            options.setSocketFactory(config.tls().sockets());
        }
        Success connected = claims ? _ -> events.claimed(this) : this::subscribe;
        try {
            client.connect(options, null, listener(connected, e -> end(whyNotConnected(e))));
        } catch (MqttException e) {
            end(whyNotConnected(e));
        }
    }

    private void subscribe(IMqttToken connected) {
        Integer told = connected.getResponseProperties() == null
                ? null
                : connected.getResponseProperties().getReceiveMaximum();
        int receiveMaximum = told == null ? MQTT_RECEIVE_MAXIMUM_DEFAULT : told;
        String filter = CommandTopic.filter(config.id());
        try {
            client.subscribe(
                    new MqttSubscription[] {new MqttSubscription(filter, 1)},
                    null,
                    listener(
                            subscribed -> {
                                int code = reasonCode(subscribed);
                                if (code < FIRST_ERROR_CODE) {
                                    events.up(this, receiveMaximum);
                                } else {
                                    end(new Disconnection(
                                            Disconnection.Cause.REFUSED,
                                            code,
                                            "the broker refused the subscription " + filter));
                                }
                            },
                            e -> end(whyLost(e))),
                    new MqttProperties());
        } catch (MqttException e) {
            end(whyLost(e));
        }
    }

    /// Sends a message; the broker's answer comes as an event, and so does the loss of the connection.
    void publish(Outgoing message) {
        MqttMessage mqtt = new MqttMessage(message.body(), 1, false, properties(message));
        try {
            client.publish(
                    message.topic(),
                    mqtt,
                    null,
                    // what fails here fails with the connection, and is sent again on the next one
                    listener(
                            token -> events.acknowledged(this, message, reasonCode(token), reasonString(token)),
                            _ -> {}));
        } catch (MqttException e) {
            end(whyLost(e));
        }
    }

    /// Sets a new secret; the broker's answer comes as an event.
    void renew(RenewalMessage message) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(Contract.CONTENT_TYPE);
        properties.setPayloadFormat(true);
        try {
            client.publish(
                    new RenewalTopic(config.id()).text(),
                    new MqttMessage(Contract.write(message), 1, false, properties),
                    null,
                    listener(token -> events.renewed(this, reasonCode(token), reasonString(token)), _ -> {}));
        } catch (MqttException e) {
            end(whyLost(e));
        }
    }

    Keyring.Login login() {
        return login;
    }

    /// Says good-bye, so that the last will is not published. Blocks until the connection is closed, at
    /// most 2 s.
    void close() {
        try {
            client.disconnect(500).waitForCompletion(2000);
        } catch (MqttException e) {
            // it is gone already, which is what was wanted
        }
        discard();
    }

    /// Ends the TCP connection without a word. Blocks for some 100 ms.
    void cut() {
        discard();
    }

    private void discard() {
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException | RuntimeException e) {
            // it is gone already
        }
        try {
            client.close();
        } catch (MqttException e) {
            // nothing is left to be closed
        }
    }

    private void end(Disconnection why) {
        // Paho calls on threads that it has already interrupted, and publish() is called with the device's lock held
        executor.execute(() -> events.down(this, why));
    }

    private static MqttProperties properties(Outgoing message) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(Contract.CONTENT_TYPE);
        properties.setPayloadFormat(true);
        byte[] correlation = message.correlation();
        if (correlation != null) {
            properties.setCorrelationData(correlation);
        }
        return properties;
    }

    private static int reasonCode(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    private static @Nullable String reasonString(IMqttToken token) {
        MqttProperties properties = token.getResponseProperties();
        return properties == null ? null : properties.getReasonString();
    }

    private Disconnection whyNotConnected(Throwable e) {
        int code = e instanceof MqttException mqtt ? mqtt.getReasonCode() : 0;
        if (code >= FIRST_ERROR_CODE && code <= 0xFF) {
            String meaning = switch (code) {
                case 0x85 -> "client id not valid";
                case 0x86 -> "bad user name or password";
                case 0x87 -> "not authorized";
                case 0x88 -> "server unavailable";
                case 0x89 -> "server busy";
                case 0x8A -> "banned";
                case 0x97 -> "quota exceeded";
                case 0x9F -> "connection rate exceeded";
                default -> "reason code 0x%02X".formatted(code);
            };
            return new Disconnection(Disconnection.Cause.REFUSED, code, meaning);
        }
        return new Disconnection(
                Disconnection.Cause.UNREACHABLE, 0, "no connection to %s: %s".formatted(config.broker(), innermost(e)));
    }

    private static Disconnection whyLost(@Nullable Throwable e) {
        return new Disconnection(
                Disconnection.Cause.LOST,
                0,
                e == null ? "the connection broke" : "the connection broke: " + innermost(e));
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName().toLowerCase(Locale.ROOT) : message;
    }

    private interface Success {
        void with(IMqttToken token);
    }

    private interface Failure {
        void with(Throwable why);
    }

    private static MqttActionListener listener(Success success, Failure failure) {
        return new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                success.with(token);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable why) {
                failure.with(why);
            }
        };
    }

    private final class Inbound implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            MqttProperties properties = message.getProperties();
            events.command(topic, message.getPayload(), properties.getResponseTopic(), properties.getCorrelationData());
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException exception = response.getException();
            if (exception == null) {
                String told = response.getReasonString();
                String detail = "the broker closed the connection with 0x%02X%s"
                        .formatted(response.getReturnCode(), told == null ? "" : ": " + told);
                end(new Disconnection(Disconnection.Cause.CLOSED_BY_BROKER, response.getReturnCode(), detail));
            } else {
                end(whyLost(exception));
            }
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}

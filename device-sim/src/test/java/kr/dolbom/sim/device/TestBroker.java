package kr.dolbom.sim.device;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A plain HiveMQ CE on a free port of the loopback, which takes every device but those it is told to refuse.
public final class TestBroker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Set<String> refusedDevices = ConcurrentHashMap.newKeySet();
    private final Set<String> refusedTopics = ConcurrentHashMap.newKeySet();
    private final Set<String> heldTopics = ConcurrentHashMap.newKeySet();
    private final List<Async<PublishInboundOutput>> held = new CopyOnWriteArrayList<>();
    private final List<byte[]> heldBodies = new CopyOnWriteArrayList<>();
    private EmbeddedHiveMQ broker;

    private TestBroker(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("extensions"));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("conf").resolve("config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener>
                      <port>%d</port>
                      <bind-address>127.0.0.1</bind-address>
                    </tcp-listener>
                  </listeners>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(port));
        broker = start();
    }

    /// Starts in a folder of its own.
    public static TestBroker start(Path folder) throws IOException {
        return new TestBroker(folder, freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    public URI address() {
        return DeviceConfig.tcp("127.0.0.1", port);
    }

    /// Answers CONNECT of a device with 0x87.
    public void refuseDevice(String clientId) {
        refusedDevices.add(clientId);
    }

    /// Answers PUBLISH on a topic with 0x99 and a reason string.
    public void refuseTopic(String topic) {
        refusedTopics.add(topic);
    }

    /// Leaves every PUBLISH on a topic without an answer, until it is released.
    public void holdTopic(String topic) {
        heldTopics.add(topic);
    }

    public void releaseTopic(String topic) {
        heldTopics.remove(topic);
    }

    /// Stops waiting over what was left without an answer, once its connection is closed: HiveMQ takes
    /// nothing more of a client before.
    public void forgetHeld() {
        held.forEach(Async::resume);
        held.clear();
    }

    /// What was left without an answer.
    public List<byte[]> heldBodies() {
        return List.copyOf(heldBodies);
    }

    public void disconnectAsBusy(String clientId) {
        Services.clientService()
                .disconnectClient(clientId, false, DisconnectReasonCode.SERVER_BUSY, "try again later")
                .join();
    }

    public boolean knowsAsConnected(String clientId) {
        return Services.clientService().isClientConnected(clientId).join();
    }

    public void stop() {
        broker.stop().join();
    }

    public void startAgain() {
        broker = start();
    }

    private EmbeddedHiveMQ start() {
        EmbeddedHiveMQ embedded = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.resolve("conf"))
                .withDataFolder(folder.resolve("data"))
                .withExtensionsFolder(folder.resolve("extensions"))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("test-doorman")
                        .withName("test doorman")
                        .withVersion("1")
                        .withAuthor("test")
                        .withExtensionMain(new Doorman())
                        .build())
                .build();
        embedded.start().join();
        return embedded;
    }

    @Override
    public void close() {
        stop();
    }

    private final class Doorman implements ExtensionMain {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            SimpleAuthenticator authenticator = (in, out) -> {
                if (refusedDevices.contains(in.getConnectPacket().getClientId())) {
                    out.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
                } else {
                    out.getDefaultPermissions()
                            .add(Builders.topicPermission().topicFilter("#").build());
                    out.authenticateSuccessfully();
                }
            };
            Services.securityRegistry().setAuthenticatorProvider(_ -> authenticator);
            Services.initializerRegistry()
                    .setClientInitializer((_, context) -> context.addPublishInboundInterceptor((in, out) -> {
                        if (refusedTopics.contains(in.getPublishPacket().getTopic())) {
                            out.preventPublishDelivery(
                                    AckReasonCode.PAYLOAD_FORMAT_INVALID,
                                    "schema-violation /data: refused by the test");
                        } else if (heldTopics.contains(in.getPublishPacket().getTopic())) {
                            ByteBuffer body = in.getPublishPacket().getPayload().orElseThrow();
                            byte[] bytes = new byte[body.remaining()];
                            body.get(bytes);
                            out.preventPublishDelivery(AckReasonCode.UNSPECIFIED_ERROR);
                            held.add(out.async(Duration.ofMinutes(1), TimeoutFallback.FAILURE));
                            heldBodies.add(bytes);
                        }
                    }));
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
    }
}

package kr.dolbom.broker.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kr.dolbom.contract.Contract;
import org.jspecify.annotations.Nullable;

/// HiveMQ's own configuration file. What differs from HiveMQ's defaults:
///
/// - Sessions are in memory. Messages and commands are in the database, so that a file would hold
///   nothing that a crash could lose, and it would cost a write for each message; a device subscribes
///   again when it is told that its session is gone.
/// - QoS 2 is off: the contract does not know it. Shared subscriptions, which it does not know either,
///   stay on: were they off, HiveMQ would close the connection of whoever asks for one, before the
///   extension could say why.
/// - Topic aliases are off. A device that sends again after reconnecting must not use the aliases of
///   the connection before, but Eclipse Paho 1.2.5 does: HiveMQ then disconnects it each time it tries,
///   and its messages never arrive.
/// - A packet may be as large as the largest body and what MQTT puts around it; HiveMQ closes the
///   connection at anything larger, before the extension could answer.
/// - A device that says nothing for ten minutes is gone; a keep-alive of zero, "never", is not granted.
final class BrokerConfiguration {
    private static final int ENVELOPE_BYTES = 4 * 1024;

    private BrokerConfiguration() {}

    static void write(Path folder, String bind, int port, @Nullable TlsListener tls) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.xml"), xml(bind, port, tls));
    }

    // Retained messages stay on: were they off, HiveMQ would close the connection before the extension could say why.
    private static String xml(String bind, int port, @Nullable TlsListener tls) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <hivemq>
                  <listeners>
                    <tcp-listener>
                      <port>%d</port>
                      <bind-address>%s</bind-address>
                    </tcp-listener>
                %s  </listeners>
                  <mqtt>
                    <queued-messages>
                      <max-queue-size>1000</max-queue-size>
                      <strategy>discard-oldest</strategy>
                    </queued-messages>
                    <quality-of-service>
                      <max-qos>1</max-qos>
                    </quality-of-service>
                    <topic-alias>
                      <enabled>false</enabled>
                    </topic-alias>
                    <session-expiry>
                      <max-interval>86400</max-interval>
                    </session-expiry>
                    <keep-alive>
                      <max-keep-alive>600</max-keep-alive>
                      <allow-unlimited>false</allow-unlimited>
                    </keep-alive>
                    <packets>
                      <max-packet-size>%d</max-packet-size>
                    </packets>
                    <receive-maximum>
                      <server-receive-maximum>10</server-receive-maximum>
                    </receive-maximum>
                  </mqtt>
                  <restrictions>
                    <max-client-id-length>64</max-client-id-length>
                    <max-topic-length>256</max-topic-length>
                    <no-connect-idle-timeout>10000</no-connect-idle-timeout>
                  </restrictions>
                  <security>
                    <allow-empty-client-id>
                      <enabled>false</enabled>
                    </allow-empty-client-id>
                  </security>
                  <anonymous-usage-statistics>
                    <enabled>false</enabled>
                  </anonymous-usage-statistics>
                  <persistence>
                    <mode>in-memory</mode>
                  </persistence>
                </hivemq>
                """.formatted(
                        port, escaped(bind), tls == null ? "" : tls.xml(), Contract.MAX_PAYLOAD_BYTES + ENVELOPE_BYTES);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

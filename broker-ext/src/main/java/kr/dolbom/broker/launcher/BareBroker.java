package kr.dolbom.broker.launcher;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/// What the broker is measured against: the same HiveMQ CE with the same configuration, which lets everybody in and
/// keeps nothing. It listens on the loopback alone.
public final class BareBroker {
    private BareBroker() {}

    /// Runs until it is ended. Arguments: the port, and a folder for the broker's own files.
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        System.setProperty("logback.configurationFile", "kr/dolbom/broker/launcher/logback.xml");
        Path folder = Path.of(arguments[1]);
        BrokerConfiguration.write(folder.resolve("conf"), "127.0.0.1", Integer.parseInt(arguments[0]), null);
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("extensions"));
        EmbeddedHiveMQ hivemq = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.resolve("conf"))
                .withDataFolder(folder.resolve("data"))
                .withExtensionsFolder(folder.resolve("extensions"))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("allow-all")
                        .withName("Lets everybody in")
                        .withVersion("1")
                        .withExtensionMain(new AllowAll())
                        .build())
                .withoutLoggingBootstrap()
                .build();
        hivemq.start().get();
        new CountDownLatch(1).await();
    }

    private static final class AllowAll implements ExtensionMain {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            SimpleAuthenticator everybody = (connecting, answer) -> answer.authenticateSuccessfully();
            Services.securityRegistry().setAuthenticatorProvider(provided -> everybody);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
    }
}

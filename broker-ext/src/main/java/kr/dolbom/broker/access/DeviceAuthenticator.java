package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.topic.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets in who gives a device id, as client id and as user name, and that device's secret as password. A device
/// that memory does not know is looked up once, so that one registered a moment ago can connect at once. Everything
/// else is refused, and so is everybody while something goes wrong.
public final class DeviceAuthenticator implements SimpleAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAuthenticator.class);
    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(30);

    private final DeviceRegistry registry;
    private final Executor lookUps;
    private final BooleanSupplier ready;

    /// @param lookUps where to ask the database; it may refuse a task when it has too many
    /// @param ready   whether the extension has started; before, nobody is let in
    public DeviceAuthenticator(DeviceRegistry registry, Executor lookUps, BooleanSupplier ready) {
        this.registry = registry;
        this.lookUps = lookUps;
        this.ready = ready;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        try {
            authenticate(input, output);
        } catch (RuntimeException e) {
            LOG.error("A connection was refused by mistake", e);
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "the broker is at fault");
        }
    }

    private void authenticate(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        String id = input.getClientInformation().getClientId();
        if (!ready.getAsBoolean()) {
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "the broker waits for its database");
            return;
        }
        if (!DeviceId.isValid(id) || !connect.getUserName().equals(Optional.of(id))) {
            refuse(output, id, "client id and user name are not one device id");
            return;
        }
        String secret = connect.getPassword().map(DeviceAuthenticator::text).orElse("");
        Optional<Device> known = registry.find(id);
        if (known.isPresent()) {
            decide(output, id, known, secret);
            return;
        }
        Async<SimpleAuthOutput> held = output.async(
                LONGEST_LOOK_UP,
                TimeoutFallback.FAILURE,
                ConnackReasonCode.SERVER_UNAVAILABLE,
                "the database does not answer");
        try {
            lookUps.execute(() -> {
                lookUp(held.getOutput(), id, secret);
                held.resume();
            });
        } catch (RejectedExecutionException e) {
            output.failAuthentication(ConnackReasonCode.SERVER_BUSY, "too many unknown devices connect");
            held.resume();
        }
    }

    private void lookUp(SimpleAuthOutput output, String id, String secret) {
        try {
            decide(output, id, registry.lookUp(id), secret);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A device could not be looked up device={} reason=\"{}\"", id, e.getMessage());
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "the database does not answer");
        }
    }

    private static void decide(SimpleAuthOutput output, String id, Optional<Device> device, String secret) {
        if (device.isEmpty()) {
            refuse(output, id, "unknown device");
        } else if (!device.get().secret().matches(secret)) {
            refuse(output, id, "wrong secret");
        } else if (device.get().revoked()) {
            refuse(output, id, "revoked device");
        } else {
            output.authenticateSuccessfully();
        }
    }

    /// The log says what is wrong, the answer does not: it would tell a stranger which ids exist.
    private static void refuse(SimpleAuthOutput output, String id, String why) {
        LOG.info("A connection was refused device={} reason=\"{}\"", DeviceId.isValid(id) ? id : "?", why);
        output.failAuthentication(
                ConnackReasonCode.NOT_AUTHORIZED,
                new Fault(Reason.NOT_AUTHORIZED, "", "the device id and the secret do not belong together")
                        .reasonString());
    }

    private static String text(ByteBuffer password) {
        return StandardCharsets.UTF_8.decode(password.duplicate()).toString();
    }
}

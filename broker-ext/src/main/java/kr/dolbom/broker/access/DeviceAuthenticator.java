package kr.dolbom.broker.access;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import java.security.cert.CertificateEncodingException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import kr.dolbom.broker.access.AdmissionRules.Verdict;
import kr.dolbom.broker.limit.ConnectionRate;
import kr.dolbom.broker.registry.Credential;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.DeviceRegistry;
import kr.dolbom.broker.registry.RevokedCertificates;
import kr.dolbom.broker.registry.ServiceAccount;
import kr.dolbom.broker.registry.ServiceRegistry;
import kr.dolbom.contract.Fault;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.topic.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets in who proves to be a device or a service, by [AdmissionRules]. What memory does not let in is
/// asked of the database once more, so that a device registered or a secret set a moment ago is good at
/// once, and so that a wrong secret and an unknown device take the same way. Everything else is
/// refused, and so is everybody while something goes wrong.
public final class DeviceAuthenticator implements SimpleAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAuthenticator.class);
    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(30);
    private static final String URGENT = "urgent";
    private static final String EMERGENCY = "emergency";

    private final DeviceRegistry devices;
    private final ServiceRegistry services;
    private final RevokedCertificates revoked;
    private final Admissions admissions;
    private final SecretUse uses;
    private final Executor lookUps;
    private final BooleanSupplier ready;
    private final ConnectionRate rate;
    private final InstantSource clock;

    /// Is told when a device comes with a secret that is newer than another of its own.
    @FunctionalInterface
    public interface SecretUse {
        /// It came; the older ones are not needed any more. Does not wait.
        void newer(Device device, int credential);
    }

    /// @param lookUps where to ask the database; it may refuse a task when it has too many
    /// @param ready   whether the extension has started; before, nobody is let in
    /// @param rate    how many may come in
    public DeviceAuthenticator(
            DeviceRegistry devices,
            ServiceRegistry services,
            RevokedCertificates revoked,
            Admissions admissions,
            SecretUse uses,
            Executor lookUps,
            BooleanSupplier ready,
            ConnectionRate rate,
            InstantSource clock) {
        this.devices = devices;
        this.services = services;
        this.revoked = revoked;
        this.admissions = admissions;
        this.uses = uses;
        this.lookUps = lookUps;
        this.ready = ready;
        this.rate = rate;
        this.clock = clock;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        try {
            authenticate(input, output);
        } catch (CertificateEncodingException | RuntimeException e) {
            LOG.error("A connection was refused by mistake", e);
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "the broker is at fault");
        }
    }

    private void authenticate(SimpleAuthInput input, SimpleAuthOutput output) throws CertificateEncodingException {
        Proof proof = Proof.of(input);
        String id = proof.clientId();
        if (!ready.getAsBoolean()) {
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "the broker waits for its database");
            return;
        }
        if (!DeviceId.isValid(id) && ServiceAccount.findName(id).isEmpty()) {
            LOG.info("A connection was refused device=? reason=\"no device id\"");
            output.failAuthentication(
                    ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    new Fault(Reason.INVALID_CLIENT_ID, "", "the client id is not of the form of a device id")
                            .reasonString());
            return;
        }
        if (judge(proof) instanceof Verdict.Admitted(Admission admission)) {
            admit(output, input, admission);
            return;
        }
        Async<SimpleAuthOutput> held = output.async(
                LONGEST_LOOK_UP,
                TimeoutFallback.FAILURE,
                ConnackReasonCode.SERVER_UNAVAILABLE,
                "the database does not answer");
        try {
            lookUps.execute(() -> {
                lookUp(held.getOutput(), input, proof);
                held.resume();
            });
        } catch (RejectedExecutionException e) {
            output.failAuthentication(ConnackReasonCode.SERVER_BUSY, "too many unknown devices connect");
            held.resume();
        }
    }

    private Verdict judge(Proof proof) {
        Optional<String> service = ServiceAccount.findName(proof.clientId());
        return service.isPresent()
                ? AdmissionRules.service(proof, service.flatMap(services::find))
                : AdmissionRules.device(proof, devices.find(proof.clientId()), revoked::contains, clock.instant());
    }

    private void lookUp(SimpleAuthOutput output, SimpleAuthInput input, Proof proof) {
        String id = proof.clientId();
        try {
            if (ServiceAccount.isClientId(id)) {
                services.reload();
            } else {
                Optional<Device> unused = devices.lookUp(id);
            }
            switch (judge(proof)) {
                case Verdict.Admitted(Admission admission) -> admit(output, input, admission);
                case Verdict.Refused(String why) -> refuse(output, id, why);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A device could not be looked up device={} reason=\"{}\"", id, e.getMessage());
            output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "the database does not answer");
        }
    }

    private void admit(SimpleAuthOutput output, SimpleAuthInput input, Admission admission) {
        String id = input.getClientInformation().getClientId();
        Duration retryIn = mayJump(input, admission) ? Duration.ZERO : rate.take();
        if (!retryIn.isZero()) {
            LOG.debug("A connection was told to come back later device={} retry={}", id, retryIn);
            boolean old = input.getConnectionInformation().getMqttVersion() != MqttVersion.V_5;
            output.failAuthentication(
                    // HiveMQ would tell an old device "not authorized" for the first.
                    old ? ConnackReasonCode.SERVER_UNAVAILABLE : ConnackReasonCode.CONNECTION_RATE_EXCEEDED,
                    ConnectionRate.fault(retryIn).reasonString());
            return;
        }
        admission.attachTo(input.getConnectionInformation());
        admissions.add(id, admission);
        if (admission.kind() == Admission.Kind.SECRET) {
            devices.find(id)
                    .filter(device -> hasOlder(device, admission.number()))
                    .ifPresent(device -> uses.newer(device, admission.number()));
        }
        output.authenticateSuccessfully();
    }

    /// A service, and a device that says that it has an emergency to tell. MQTT 3.1.1 has no way to say so.
    private static boolean mayJump(SimpleAuthInput input, Admission admission) {
        return admission.kind() == Admission.Kind.SERVICE
                || input.getConnectPacket()
                        .getUserProperties()
                        .getFirst(URGENT)
                        .filter(EMERGENCY::equals)
                        .isPresent();
    }

    private static boolean hasOlder(Device device, int credential) {
        return device.credentials().stream()
                .anyMatch(one -> one instanceof Credential.Secret && one.number() < credential);
    }

    /// The log says what is wrong, the answer does not: it would tell a stranger which ids exist.
    private static void refuse(SimpleAuthOutput output, String id, String why) {
        LOG.info("A connection was refused device={} reason=\"{}\"", id, why);
        output.failAuthentication(
                ConnackReasonCode.NOT_AUTHORIZED,
                new Fault(Reason.NOT_AUTHORIZED, "", "the client id and what it brings do not belong together")
                        .reasonString());
    }
}

package kr.dolbom.broker.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kr.dolbom.broker.registry.Credential;
import kr.dolbom.broker.registry.Device;
import kr.dolbom.broker.registry.ServiceAccount;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.identity.SecretHash;
import org.jspecify.annotations.Nullable;

/// Who is let in. A device proves itself by its secret, by a one-time claim code, or by a certificate
/// whose common name is its id; whoever presents a certificate is judged by it, and whoever gives a
/// password is judged by that as well.
final class AdmissionRules {
    /// What the password of somebody unknown is compared with, so that the answer takes as long.
    private static final SecretHash NOBODYS = DeviceSecret.generate().hash();

    private AdmissionRules() {}

    /// What is decided.
    sealed interface Verdict {
        /// It is let in.
        record Admitted(Admission admission) implements Verdict {}

        /// It is not.
        ///
        /// @param why for the log; the answer does not tell it
        record Refused(String why) implements Verdict {}
    }

    /// Judges who says to be a device.
    ///
    /// @param revoked whether a certificate was revoked, by its fingerprint
    static Verdict device(Proof proof, Optional<Device> device, Predicate<String> revoked, Instant now) {
        String userName = proof.userName();
        String password = proof.password();
        Proof.Certificate certificate = proof.certificate();
        if (userName == null ? password != null || certificate == null : !userName.equals(proof.clientId())) {
            return new Verdict.Refused("client id and user name are not one device id");
        }
        // All of it is worked out before any of it is told, so that the time says nothing.
        Credential byPassword = password == null ? null : byPassword(device, password, now);
        Credential byCertificate = certificate == null ? null : byCertificate(device, certificate.fingerprint(), now);
        if (certificate != null && !proof.clientId().equals(certificate.commonName())) {
            return new Verdict.Refused("the certificate's common name is not the client id");
        }
        if (certificate != null && revoked.test(certificate.fingerprint())) {
            return new Verdict.Refused("revoked certificate");
        }
        if (device.isEmpty()) {
            return new Verdict.Refused("unknown device");
        }
        if (device.get().revoked()) {
            return new Verdict.Refused("revoked device");
        }
        if (certificate != null && byCertificate == null) {
            return new Verdict.Refused("the device may not use this certificate");
        }
        if (password != null && byPassword == null) {
            return new Verdict.Refused("wrong secret, or a claim code that is used up or expired");
        }
        String fingerprint = certificate == null ? "" : certificate.fingerprint();
        return switch (byPassword == null ? byCertificate : byPassword) {
            case Credential.Secret secret -> admitted(Admission.Kind.SECRET, secret, fingerprint);
            case Credential.Claim claim -> admitted(Admission.Kind.CLAIM, claim, fingerprint);
            case Credential.Certificate allowed -> admitted(Admission.Kind.CERTIFICATE, allowed, fingerprint);
            case null -> new Verdict.Refused("nothing was proved");
        };
    }

    /// Judges who says to be a service. A certificate proves nothing about one.
    static Verdict service(Proof proof, Optional<ServiceAccount> account) {
        String password = proof.password() == null ? "" : proof.password();
        boolean matches = account.map(ServiceAccount::secret).orElse(NOBODYS).matches(password);
        if (account.isEmpty() || !account.get().userName().equals(proof.userName())) {
            return new Verdict.Refused("unknown service");
        }
        if (!matches || account.get().revoked()) {
            return new Verdict.Refused(matches ? "revoked service" : "wrong secret");
        }
        return new Verdict.Admitted(
                new Admission(Admission.Kind.SERVICE, account.get().number(), ""));
    }

    private static Verdict admitted(Admission.Kind kind, Credential credential, String certificate) {
        return new Verdict.Admitted(new Admission(kind, credential.number(), certificate));
    }

    private static @Nullable Credential byPassword(Optional<Device> device, String password, Instant now) {
        // A claim code is stored as it is printed without hyphens, whatever a person typed.
        String code = ClaimCode.find(password).map(ClaimCode::text).orElse(password);
        Credential found = null;
        boolean compared = false;
        for (Credential credential : device.map(Device::credentials).orElse(List.of())) {
            boolean matches = switch (credential) {
                case Credential.Secret secret -> secret.hash().matches(password);
                case Credential.Claim claim -> claim.hash().matches(code);
                case Credential.Certificate certificate -> false;
            };
            compared = true;
            if (matches && credential.isValid(now)) {
                found = credential;
            }
        }
        if (!compared) {
            boolean unused = NOBODYS.matches(password);
        }
        return found;
    }

    private static @Nullable Credential byCertificate(Optional<Device> device, String fingerprint, Instant now) {
        for (Credential credential : device.map(Device::credentials).orElse(List.of())) {
            if (credential instanceof Credential.Certificate allowed
                    && allowed.isValid(now)
                    && (allowed.fingerprint() == null || allowed.fingerprint().equals(fingerprint))) {
                return credential;
            }
        }
        return null;
    }

    /// Whether a device that was let in may stay. Unlike when it came, what has merely expired does not
    /// matter.
    static boolean stands(Admission admission, Optional<Device> device, Predicate<String> revoked) {
        return device.isPresent()
                && !device.get().revoked()
                && !revoked.test(admission.certificate())
                // A claim is dropped by its very use, while its connection still waits for the answer.
                && (admission.kind() == Admission.Kind.CLAIM || has(device.get(), admission.number()))
                && (admission.certificate().isEmpty()
                        || byCertificate(device, admission.certificate(), Instant.EPOCH) != null);
    }

    private static boolean has(Device device, int credential) {
        return device.credentials().stream().anyMatch(one -> one.number() == credential);
    }
}

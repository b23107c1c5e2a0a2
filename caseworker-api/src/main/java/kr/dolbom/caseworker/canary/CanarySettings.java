package kr.dolbom.caseworker.canary;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;

/// The canary home, `DOLBOM_CANARY_…`.
///
/// @param broker the broker's address as devices use it, `tcp://HOST:PORT` or `ssl://HOST:PORT`; empty:
///     no canary
/// @param device the device id under which it is registered
/// @param secret the device's secret, 43 characters of base64url
/// @param claimCode the one-time code by which the device sets that secret; not needed once it has
/// @param every how long after one call for help the next follows; more than twice `late`
/// @param late the phone must ring within this time
/// @param webhook where the operators are told, by HTTP POST; empty: nowhere, but the log, a notice and
///     the health
@ConfigurationProperties("dolbom.canary")
public record CanarySettings(
        @Bindable(defaultValue = "") String broker,
        @Bindable(defaultValue = "") String device,
        @Bindable(defaultValue = "") String secret,
        @Bindable(defaultValue = "") String claimCode,
        @Bindable(defaultValue = "5m") Duration every,
        @Bindable(defaultValue = "60s") Duration late,
        @Bindable(defaultValue = "") String webhook) {

    /// Refuses what could never ring.
    public CanarySettings {
        if (!broker.isEmpty()) {
            if (!broker.matches("(tcp|ssl)://[^/]+:[0-9]+")) {
                throw new IllegalArgumentException(
                        "DOLBOM_CANARY_BROKER is '%s', expected an address such as tcp://127.0.0.1:1883"
                                .formatted(broker));
            }
            if (!device.matches("[a-z0-9][a-z0-9-]{2,63}")) {
                throw new IllegalArgumentException(
                        "DOLBOM_CANARY_DEVICE is '%s', expected the id of a registered device".formatted(device));
            }
            new DeviceSecret(secret);
            if (!claimCode.isEmpty() && ClaimCode.find(claimCode).isEmpty()) {
                throw new IllegalArgumentException("DOLBOM_CANARY_CLAIM_CODE is no claim code, expected 26 digits and"
                        + " letters without I, L, O and U, hyphens aside");
            }
            if (every.compareTo(late.multipliedBy(2)) <= 0) {
                throw new IllegalArgumentException(
                        "DOLBOM_CANARY_EVERY is %s, expected more than twice DOLBOM_CANARY_LATE, %s"
                                .formatted(every, late));
            }
        }
        if (!webhook.isEmpty() && !webhook.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "DOLBOM_CANARY_WEBHOOK is '%s', expected an http or https URL".formatted(webhook));
        }
    }

    /// Whether there is a canary.
    boolean isOn() {
        return !broker.isEmpty();
    }

    /// Without the secret and the code.
    @Override
    public String toString() {
        return "CanarySettings[%s, %s]".formatted(broker, device);
    }
}

package kr.dolbom.contract.credential;

import java.util.Optional;
import kr.dolbom.contract.topic.DeviceId;

/// `dolbom/v1/{deviceId}/credential/renew`: where a device sets its new secret, with QoS 1 and not
/// retained.
public record RenewalTopic(DeviceId device) {
    private static final String PREFIX = "dolbom/v1/";
    private static final String END = "/credential/renew";

    /// The topic's text.
    public String text() {
        return PREFIX + device + END;
    }

    /// Reads a topic name; empty where it is not exactly of this form.
    public static Optional<RenewalTopic> find(String topic) {
        if (!topic.startsWith(PREFIX) || !topic.endsWith(END) || topic.length() < PREFIX.length() + END.length()) {
            return Optional.empty();
        }
        String device = topic.substring(PREFIX.length(), topic.length() - END.length());
        return DeviceId.isValid(device) ? Optional.of(new RenewalTopic(new DeviceId(device))) : Optional.empty();
    }
}

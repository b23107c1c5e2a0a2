package kr.dolbom.caseworker.console.fleet;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the QR code on a device's box says.
///
/// @param deviceId its MQTT client id
/// @param vendor who makes it
/// @param model what it is
/// @param claimCode the one-time code by which it enrols
record BoxLabel(String deviceId, String vendor, String model, String claimCode) {
    private static final String BEGINNING = "DOLBOM:1?";

    /// As the code holds it.
    String text() {
        return BEGINNING + "device=" + write(deviceId) + "&vendor=" + write(vendor) + "&model=" + write(model)
                + "&claim=" + write(claimCode);
    }

    /// Reads a code; empty: it is none of ours.
    static Optional<BoxLabel> find(String text) {
        if (!text.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : text.substring(BEGINNING.length()).split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                try {
                    parts.put(
                            part.substring(0, equals),
                            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException _) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new BoxLabel(
                parts.getOrDefault("device", ""),
                parts.getOrDefault("vendor", ""),
                parts.getOrDefault("model", ""),
                parts.getOrDefault("claim", "")));
    }

    private static String write(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// Hides the claim code from logs.
    @Override
    public String toString() {
        return "BoxLabel[" + deviceId + "]";
    }
}

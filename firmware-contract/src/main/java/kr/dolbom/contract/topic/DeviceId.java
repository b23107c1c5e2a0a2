package kr.dolbom.contract.topic;

import java.util.regex.Pattern;

/// A device's public name; it is the MQTT client id and user name as well.
///
/// @param value 3 to 64 characters: lower-case letters, digits and hyphens, not beginning with a hyphen
public record DeviceId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{2,63}");

    /// @throws IllegalArgumentException where the value has another form
    public DeviceId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "'%s' is no device id: 3 to 64 lower-case letters, digits and hyphens".formatted(value));
        }
    }

    /// Whether a string has the form of a device id.
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}

package kr.dolbom.contract.topic;

import java.util.regex.Pattern;

/// A device's public name; it is the MQTT client id and user name as well.
///
/// @param value 3 to 64 characters: lower-case letters, digits and hyphens, not beginning with a hyphen
public record DeviceId(String value) {
    /// The form as a regular expression.
    public static final String FORM = "[a-z0-9][a-z0-9-]{2,63}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    /// @throws IllegalArgumentException where the value has another form
    public DeviceId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "'%s' is no device id: 3 to 64 lower-case letters, digits and hyphens".formatted(value));
        }
    }

    /// Whether a string has the form of a device id.
    public static boolean isValid(String value) {
        return PATTERN.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}

package kr.dolbom.contract;

import java.util.Locale;

/// Messages that share a direction and the fourth level of their topics.
public enum MessageFamily {
    /// What a device tells.
    TELEMETRY(true),
    /// What a device is told.
    COMMAND(false),
    /// How a device changes what it proves itself by.
    CREDENTIAL(true);

    private final boolean fromDevice;

    MessageFamily(boolean fromDevice) {
        this.fromDevice = fromDevice;
    }

    /// Whether devices publish such messages; else they subscribe to them.
    public boolean isFromDevice() {
        return fromDevice;
    }

    /// The fourth level of the topics.
    public String level() {
        return name().toLowerCase(Locale.ROOT);
    }
}

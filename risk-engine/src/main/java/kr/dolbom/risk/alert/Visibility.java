package kr.dolbom.risk.alert;

/// Why a resident is or is not seen.
public enum Visibility {
    /// At home, as far as is known, with a device that is alive.
    HOME("home"),
    /// Said to be out or in hospital.
    AWAY("away"),
    /// The device cannot be heard.
    DEVICE_SILENT("device-silent"),
    /// An area's network is out.
    NETWORK_SILENT("network-silent"),
    /// We cannot see anybody.
    PLATFORM_FAULT("platform-fault");

    private final String id;

    Visibility(String id) {
        this.id = id;
    }

    /// As the database has it.
    public String id() {
        return id;
    }

    /// The visibility that the database has under this name.
    ///
    /// @throws IllegalArgumentException where there is none
    public static Visibility getById(String id) {
        for (Visibility visibility : values()) {
            if (visibility.id.equals(id)) {
                return visibility;
            }
        }
        throw new IllegalArgumentException("'%s' is no visibility".formatted(id));
    }
}

package kr.dolbom.contract.rule;

/// What requirements are about; the middle of their ids.
public enum Area {
    /// Connection, topics, subscriptions.
    CON("Connection and topics"),
    /// Who a device is.
    AUT("Identity and credentials"),
    /// The body of every message.
    ENV("Body"),
    /// Activity telemetry.
    ACT("Activity"),
    /// Voice telemetry.
    VOI("Voice"),
    /// Inactivity telemetry.
    INA("Inactivity"),
    /// Status telemetry.
    STA("Status"),
    /// Medication telemetry.
    MED("Medication"),
    /// Emergencies.
    EME("Emergency"),
    /// Answers to check-ins.
    CHK("Check-in answers"),
    /// Whether the resident is at home.
    PRE("Presence"),
    /// Commands.
    CMD("Commands"),
    /// Clocks, order, holes.
    TIM("Clocks and order"),
    /// Privacy and security of what is sent.
    SEC("Privacy");

    private final String title;

    Area(String title) {
        this.title = title;
    }

    /// The code in ids.
    public String code() {
        return name();
    }

    /// A heading.
    public String title() {
        return title;
    }
}

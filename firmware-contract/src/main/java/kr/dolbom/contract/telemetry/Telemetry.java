package kr.dolbom.contract.telemetry;

/// The `data` member of a telemetry message.
public sealed interface Telemetry
        permits Activity, Voice, Inactivity, Status, Medication, Emergency, CheckInAnswer, PresenceReport {
    /// The kind that the topic names.
    TelemetryKind kind();
}

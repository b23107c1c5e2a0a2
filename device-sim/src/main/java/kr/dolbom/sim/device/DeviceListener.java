package kr.dolbom.sim.device;

import java.time.Duration;
import java.util.UUID;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Medication;

/// Sees what a device does. The methods are called on the device's own threads, one device's calls in
/// no certain order across methods; they should return soon, and what they throw is logged and
/// otherwise ignored.
public interface DeviceListener {
    /// A listener that does nothing.
    DeviceListener NONE = new DeviceListener() {};

    /// The device is connected and subscribed to its commands.
    default void connected() {}

    /// The device is not connected, or an attempt to connect failed.
    default void disconnected(Disconnection why) {}

    /// The broker answered a message.
    default void acknowledged(Acknowledgement acknowledgement) {}

    /// The robot says something.
    default void said(String text) {}

    /// The robot asks whether all is well.
    ///
    /// @param question its words
    /// @param time 1 the first time, 2 when it repeats the question louder
    default void asked(String question, int time) {}

    /// The resident answered the robot's question, or the time limit ran out.
    default void answered(CheckInAnswer answer) {}

    /// The robot reminds of a medication slot.
    default void reminded(Medication.Slot slot, String text) {}

    /// The device has new settings.
    default void configured(Duration heartbeat, Duration activityWindow) {}

    /// The device makes a sound.
    default void sounded(Duration length) {}

    /// The broker has the device's new secret.
    ///
    /// @param enrolled whether it was set by the claim code, and is the first
    default void secretSet(boolean enrolled) {}

    /// The broker refused the device's new secret; the one before stays good.
    default void secretRefused(String why) {}

    /// A command was not carried out.
    ///
    /// @param command the command's id; the nil UUID where it could not be read
    /// @param why `expired`, `repeated`, or what is wrong with it
    default void ignored(UUID command, String why) {}
}

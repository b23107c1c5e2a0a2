package kr.dolbom.caseworker.console.fleet;

import java.util.List;
import kr.dolbom.caseworker.words.Words;

/// How many devices there are, of what kind and in what state.
///
/// @param words the language
/// @param counted when, in words
/// @param total how many
/// @param connected how many of them are connected
/// @param off how many were and are not
/// @param never how many never were
/// @param weak how many have a nearly empty battery
/// @param lines by vendor, model and firmware
public record FleetSummary(
        Words words, String counted, int total, int connected, int off, int never, int weak, List<Line> lines) {

    /// Devices of one kind with one firmware.
    ///
    /// @param make vendor and model
    /// @param firmware its version; empty: not told
    /// @param behind how many later versions of the same model are out there, in words
    /// @param late whether there are any
    /// @param devices how many
    /// @param connected how many of them are connected
    /// @param width of a bar for the devices, 0 to 100
    /// @param href their list
    public record Line(
            String make,
            String firmware,
            String behind,
            boolean late,
            int devices,
            int connected,
            int width,
            String href) {}
}

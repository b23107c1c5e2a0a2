package kr.dolbom.caseworker.console.fleet;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.When;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// One page of devices, in words.
///
/// @param frame what is around the page
/// @param states filters
/// @param chosen what the list is narrowed down to, in words; empty: nothing
/// @param clear where the whole list is
/// @param rows the devices, by id
/// @param next where the next page is; empty: this was the last
/// @param outages what cannot be seen now, one line each
/// @param mayEnrol whether this viewer may enrol devices
/// @param ofVendor whether it shows one vendor's devices alone
/// @param message why nothing was found; empty: nothing to say
public record FleetPage(
        Frame frame,
        List<State> states,
        String chosen,
        String clear,
        List<Row> rows,
        String next,
        List<Outage> outages,
        boolean mayEnrol,
        boolean ofVendor,
        String message) {

    /// The language.
    public Words words() {
        return frame.words();
    }

    /// What stands where there is no outage. A single device may be off all the same: the counts say which.
    public String none() {
        return words().text(ofVendor ? "fleet.outages.none.vendor" : "fleet.outages.none");
    }

    /// A filter.
    ///
    /// @param text what is read
    /// @param href where it leads
    /// @param chosen whether it is the present one
    public record State(String text, String href, boolean chosen) {}

    /// A device.
    ///
    /// @param id its MQTT client id
    /// @param make vendor and model
    /// @param firmware from its last status; empty: none came
    /// @param state `on`, `off`, `never` or `revoked`
    /// @param stateText the same in words, with `{0}` where since when belongs
    /// @param since since when; null: it was never connected
    /// @param sign when it last told how it is; null: never
    /// @param battery in words; empty: not told
    /// @param weak whether the battery is nearly empty
    /// @param home whether it stands in a home, in words
    public record Row(
            String id,
            String make,
            String firmware,
            String state,
            String stateText,
            @Nullable When since,
            @Nullable When sign,
            String battery,
            boolean weak,
            String home) {}

    /// Something that keeps homes from being seen.
    ///
    /// @param text one line
    /// @param over whether it is over
    public record Outage(String text, boolean over) {}
}

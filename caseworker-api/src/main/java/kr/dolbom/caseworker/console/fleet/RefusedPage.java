package kr.dolbom.caseworker.console.fleet;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;

/// What the broker refused, in words.
///
/// @param frame what is around the page
/// @param chart by day
/// @param reasons how often for which reason, the most frequent first
/// @param chosen what it is narrowed down to; empty: nothing
/// @param messages the latest first
/// @param next where earlier ones are; empty: there are none
/// @param hides whether words are hidden from this viewer
public record RefusedPage(
        Frame frame,
        DayChart chart,
        List<Reason> reasons,
        String chosen,
        List<Message> messages,
        String next,
        boolean hides) {

    /// The language.
    public Words words() {
        return frame.words();
    }

    /// A reason.
    ///
    /// @param id as the contract has it
    /// @param messages how many
    /// @param href those alone
    public record Reason(String id, long messages, String href) {}

    /// A refused message.
    ///
    /// @param when exactly
    /// @param iso for machines
    /// @param device from which device, as it named itself
    /// @param href that device's page; empty when no device has such a name
    /// @param topic where it was published
    /// @param reason the reason's id
    /// @param code the MQTT reason code
    /// @param pointer where the fault is; empty: the whole message
    /// @param detail what was found and what was expected
    /// @param body the message; empty where it may not be kept
    /// @param length how long it was, in words
    public record Message(
            String when,
            String iso,
            String device,
            String href,
            String topic,
            String reason,
            int code,
            String pointer,
            String detail,
            String body,
            String length) {}
}

package kr.dolbom.caseworker.phonecall;

import java.util.UUID;

/// What somebody who is called from the console hears next.
public sealed interface PhoneCallTurn {
    /// The question whether they come in; key 1 says so.
    ///
    /// @param language `ko` or `en`
    /// @param office the office's name in that language
    /// @param caller who calls
    /// @param kind `own`: the caller's own phone, to be led on; `group`: the same for a room; `invited`: somebody
    ///     else's
    record Ask(String language, String office, String caller, String kind) implements PhoneCallTurn {}

    /// They are led on to somebody else.
    ///
    /// @param legId by which the provider's reports name the other phone
    /// @param phone its number, E.164
    record Connect(UUID legId, String phone) implements PhoneCallTurn {}

    /// They come into a room.
    ///
    /// @param room its name
    record Enter(String room) implements PhoneCallTurn {}

    /// A last sentence.
    ///
    /// @param language `ko` or `en`
    /// @param text its key, one of `call.phone.…`; empty for none
    record Goodbye(String language, String text) implements PhoneCallTurn {}
}

package kr.dolbom.caseworker.console.fleet;

import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// A device that is to be enrolled, or was registered just now.
///
/// @param frame what is around the page
/// @param deviceId as it was filled in
/// @param claim the claim code as it was read from a photo; empty: none was
/// @param vendor as it was filled in
/// @param model as it was filled in
/// @param message what came of it; empty: nothing
/// @param done what the box needs; null: nothing was done yet
public record EnrolPage(
        Frame frame,
        String deviceId,
        String claim,
        String vendor,
        String model,
        String message,
        @Nullable Box done) {

    /// The language.
    public Words words() {
        return frame.words();
    }

    /// What is printed for a box; shown this once only.
    ///
    /// @param deviceId of which device
    /// @param code the claim code, in groups
    /// @param expires until when it is good, in words
    /// @param qr the same to scan
    public record Box(String deviceId, String code, String expires, QrCode qr) {}
}

package kr.dolbom.caseworker.console.account;

import java.util.List;
import kr.dolbom.caseworker.account.proof.QrCode;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.When;
import org.jspecify.annotations.Nullable;

/// One's own account.
///
/// @param frame what is around it
/// @param notice what came of what was just done; empty for nothing
/// @param login the name to sign in with
/// @param role in words
/// @param codes one-time codes
/// @param sessions where one is signed in, the latest first
/// @param tokens of programs, the latest first
public record MePage(
        Frame frame, String notice, String login, String role, Codes codes, List<Row> sessions, List<Row> tokens) {

    /// One-time codes.
    ///
    /// @param areOn whether they are asked for
    /// @param left how many recovery codes are left, in words
    /// @param qr the secret to be photographed; null but while they are set up
    /// @param secret the same to be typed
    /// @param recovery recovery codes, told once
    public record Codes(
            boolean areOn, String left, @Nullable QrCode qr, String secret, List<String> recovery) {}

    /// A session or a token.
    ///
    /// @param id the public id
    /// @param title the browser, or what the token is for
    /// @param detail from where and since when
    /// @param last when it was last used; null when it never was
    /// @param isThis whether it is the session of this page
    public record Row(
            String id,
            String title,
            String detail,
            @Nullable When last,
            boolean isThis) {}
}

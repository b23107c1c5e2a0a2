package kr.dolbom.caseworker.account.session;

import java.time.Instant;
import java.util.UUID;
import kr.dolbom.caseworker.account.Account;

/// Somebody in a browser.
///
/// @param sessionId the public id
/// @param account as whom
/// @param stage what is still to be done before they are signed in
/// @param createdAt since when
/// @param seenAt when they last asked for something, to the minute
/// @param expiresAt when it ends at the latest
/// @param address from which IP address they signed in
/// @param browser what the browser said of itself
public record Session(
        UUID sessionId,
        Account account,
        Stage stage,
        Instant createdAt,
        Instant seenAt,
        Instant expiresAt,
        String address,
        String browser) {}

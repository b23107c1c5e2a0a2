package kr.dolbom.sim.phone.line;

/// Which token keys the signatures of webhooks.
public enum Signer {
    /// The account's auth token.
    PRIMARY,
    /// The account's secondary auth token: what Twilio signs with from the moment it was promoted.
    SECONDARY,
    /// A token that is none of the account's: an intruder's.
    FORGED
}

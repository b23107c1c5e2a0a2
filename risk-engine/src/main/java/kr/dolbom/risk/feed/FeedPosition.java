package kr.dolbom.risk.feed;

/// How far a reader has come.
///
/// @param txid everything that transactions up to this one stored has been read; 0: nothing
public record FeedPosition(long txid) {
    /// Before the first message.
    public static final FeedPosition START = new FeedPosition(0);
}

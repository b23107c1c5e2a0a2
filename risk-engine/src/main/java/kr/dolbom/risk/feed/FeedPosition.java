package kr.dolbom.risk.feed;

/// How far a reader has come.
///
/// @param number rises along the feed, with each row or with each group of rows that is read whole: of the database's
///     feed a transaction's id, of a log's its offset. 0: nothing has been read
public record FeedPosition(long number) {
    /// Before the first message.
    public static final FeedPosition START = new FeedPosition(0);
}

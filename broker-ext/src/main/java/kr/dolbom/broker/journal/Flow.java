package kr.dolbom.broker.journal;

/// What comes of one connection, in its order. When one of its messages was given up, what comes behind
/// that one is given up as well: the device sends all of it again over its next connection, which is
/// another flow, and were a later message kept before, it would have overtaken.
///
/// Safe for use by many threads.
public final class Flow {
    private volatile boolean broken;

    /// From here on nothing of it is kept. To be called before the message is answered.
    void breakOff() {
        broken = true;
    }

    /// Whether one of it was given up.
    boolean isBroken() {
        return broken;
    }
}

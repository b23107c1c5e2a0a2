package kr.dolbom.caseworker.database;

/// Somebody who wants to know of notifications on one channel. Called by several threads at the same time.
public interface NotificationListener {
    /// The channel, as `pg_notify` names it.
    String channel();

    /// Something happened.
    ///
    /// @param payload as `pg_notify` was given it
    void hear(String payload);

    /// Notifications may have been lost: look whether there is something to do.
    void lookAround();
}

package kr.dolbom.caseworker.database;

import java.util.Set;

/// Somebody who wants to know of notifications. Called by several threads at the same time.
public interface NotificationListener {
    /// On which channels, as `pg_notify` names them.
    Set<String> channels();

    /// Something happened.
    ///
    /// @param payload as `pg_notify` was given it
    void hear(String payload);

    /// Notifications may have been lost: look whether there is something to do.
    void lookAround();
}

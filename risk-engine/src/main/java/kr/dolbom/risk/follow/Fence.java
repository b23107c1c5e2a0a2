package kr.dolbom.risk.follow;

import java.sql.Connection;
import java.sql.SQLException;

/// Keeps an engine that is no longer the one from writing.
@FunctionalInterface
public interface Fence {
    /// For an engine that is known to be the only one.
    Fence NONE = connection -> {};

    /// Looks, within a transaction that has written, whether this engine may. From then until the transaction ends no
    /// other engine can take its place.
    ///
    /// @throws SQLException where it may not
    void check(Connection connection) throws SQLException;
}

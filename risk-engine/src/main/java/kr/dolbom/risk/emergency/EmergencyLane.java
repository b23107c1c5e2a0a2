package kr.dolbom.risk.emergency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.db.DatabaseConnection;
import kr.dolbom.risk.alert.AlertBook;
import kr.dolbom.risk.feed.DatabaseFeed;
import kr.dolbom.risk.feed.RowReader;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.OfficeZone;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of an emergency past all other telemetry: the broker notifies `dolbom_emergency` with
/// `DEVICE_NO,MESSAGE_ID,AT` in the transaction that stores the message; the lane reads that one row and commits the
/// alert, on a connection of its own. The feed meets the same message later and finds it done; it is also the net
/// under this lane, for what was notified while nobody listened.
///
/// One thread uses it. After an exception close it and open another.
public final class EmergencyLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmergencyLane.class);
    private static final String FROM = "select " + RowReader.COLUMNS + """
            , o.time_zone from telemetry t join resident r using (resident_no) join office o using (office_no)
            where t.kind = 6 and\s""";

    /// Who only listens would never notice that the network is gone.
    private static final Duration ASKS_WHEN_QUIET_FOR = Duration.ofSeconds(10);

    private final Connection connection;
    private final AlertBook book = new AlertBook();
    private final Duration pastAfter;
    private Duration quietFor = Duration.ZERO;

    private EmergencyLane(Connection connection, Duration pastAfter) {
        this.connection = connection;
        this.pastAfter = pastAfter;
    }

    /// Begins to listen, and raises what the feed has not come to yet.
    ///
    /// @param reader whose position in the feed counts
    /// @param pastAfter how long after it happened an emergency is about the past
    public static EmergencyLane open(DatabaseConnection database, String reader, Duration pastAfter)
            throws SQLException {
        Connection connection = DatabaseFeed.connect(database, reader + "-emergency");
        var lane = new EmergencyLane(connection, pastAfter);
        try (Statement listen = connection.createStatement()) {
            listen.execute("listen dolbom_emergency");
            lane.raiseWaiting(reader);
            return lane;
        } catch (SQLException e) {
            lane.close();
            throw e;
        }
    }

    private void raiseWaiting(String reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FROM + """
                t.txid > coalesce((select txid from feed_position where reader = ?), '0'::xid8)""")) {
            select.setString(1, reader);
            raise(select);
        }
    }

    /// Waits for notifications and raises what they name. After ten quiet seconds it asks the server whether it is
    /// still there.
    ///
    /// @param atMost how long to wait for the first
    public void serve(Duration atMost) throws SQLException {
        PGNotification[] notifications =
                connection.unwrap(PGConnection.class).getNotifications(Math.max(1, Math.toIntExact(atMost.toMillis())));
        if (notifications == null || notifications.length == 0) {
            quietFor = quietFor.plus(atMost);
            if (quietFor.compareTo(ASKS_WHEN_QUIET_FOR) >= 0) {
                askWhetherItIsThere();
                quietFor = Duration.ZERO;
            }
            return;
        }
        quietFor = Duration.ZERO;
        for (PGNotification notification : notifications) {
            Optional<EmergencyNotice> notice = EmergencyNotice.find(notification.getParameter());
            if (notice.isPresent()) {
                raise(notice.get());
            } else {
                LOG.warn("Passed over a malformed notice of an emergency, the feed will come to the message");
            }
        }
    }

    private void askWhetherItIsThere() throws SQLException {
        try (Statement ask = connection.createStatement()) {
            ask.execute("select 1");
        }
    }

    private void raise(EmergencyNotice notice) throws SQLException {
        // The text of a time may have more digits than the stored time.
        try (PreparedStatement select = connection.prepareStatement(FROM + """
                t.device_no = ? and t.message_id = ? and t.at between ? and ?""")) {
            select.setInt(1, notice.deviceNo());
            select.setObject(2, notice.messageId());
            select.setObject(3, notice.at().minusSeconds(1));
            select.setObject(4, notice.at().plusSeconds(1));
            raise(select);
        }
    }

    private void raise(PreparedStatement select) throws SQLException {
        connection.setAutoCommit(false);
        try {
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Optional<TelemetryRow> found = RowReader.find(row);
                    if (found.isPresent() && found.get().data() instanceof Emergency emergency) {
                        book.write(
                                connection,
                                List.of(EmergencyRule.judge(
                                        found.get(), emergency, OfficeZone.of(row.getString("time_zone")), pastAfter)));
                    }
                }
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The emergency lane's connection was gone already reason={}", e.getMessage());
        }
    }
}

package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The SQL of one transaction: each kind of entry in its table.
final class JournalTables {
    private JournalTables() {}

    /// How messages are written.
    enum Way {
        /// Fast, and fails where one of them is there already.
        APPEND,
        /// Passes over those that are there already.
        INSERT
    }

    /// Writes all of them.
    ///
    /// @return what was written, but for the time that it took
    static Commits.Commit write(Connection connection, List<Entry> entries, QuarantineTable quarantine, Way way)
            throws SQLException {
        List<Entry.Message> messages = new ArrayList<>(entries.size());
        List<Entry.Refusal> refusals = new ArrayList<>();
        List<Entry.Presence> presences = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Message message -> messages.add(message);
                case Entry.Refusal refusal -> refusals.add(refusal);
                case Entry.Presence presence -> presences.add(presence);
            }
        }
        if (!presences.isEmpty()) {
            PresenceTable.insert(connection, presences);
        }
        int answered = 0;
        if (!messages.isEmpty()) {
            switch (way) {
                case APPEND -> TelemetryTable.append(connection, messages);
                case INSERT -> TelemetryTable.insert(connection, messages);
            }
            answered = CheckInAnswers.record(connection, messages);
            PresenceTable.updateStatus(connection, messages);
        }
        int kept = refusals.isEmpty() ? 0 : quarantine.insert(connection, refusals);
        return new Commits.Commit(entries.size(), kept, refusals.size() - kept, answered);
    }
}

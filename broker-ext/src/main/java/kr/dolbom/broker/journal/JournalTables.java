package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The SQL of one transaction: each kind of entry in its table.
final class JournalTables {
    private JournalTables() {}

    /// @return what was written, but for the time that it took
    static Commits.Commit write(Connection connection, List<Entry> entries, QuarantineTable quarantine)
            throws SQLException {
        List<Entry.Message> messages = new ArrayList<>();
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
            TelemetryTable.insert(connection, messages);
            answered = CheckInAnswers.record(connection, messages);
            PresenceTable.updateStatus(connection, messages);
        }
        int kept = refusals.isEmpty() ? 0 : quarantine.insert(connection, refusals);
        return new Commits.Commit(entries.size(), kept, refusals.size() - kept, answered);
    }
}

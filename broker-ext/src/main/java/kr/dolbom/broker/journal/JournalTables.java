package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The SQL of one transaction: each kind of entry in its table. Safe for use by many threads.
final class JournalTables {
    private final WrongClocks wrongClocks = new WrongClocks();

    void write(Connection connection, List<Entry> entries) throws SQLException {
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
        if (!messages.isEmpty()) {
            TelemetryTable.insert(connection, wrongClocks.keepNew(connection, messages));
            CheckInAnswers.record(connection, messages);
            PresenceTable.updateStatus(connection, messages);
        }
        if (!refusals.isEmpty()) {
            QuarantineTable.insert(connection, refusals);
        }
    }
}

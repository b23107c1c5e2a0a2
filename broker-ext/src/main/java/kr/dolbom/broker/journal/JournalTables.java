package kr.dolbom.broker.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kr.dolbom.contract.telemetry.Emergency;

/// The SQL of one transaction: each kind of entry in its table. Safe for use by many threads.
final class JournalTables {
    private final WrongClocks wrongClocks = new WrongClocks();
    private final Sequences sequences = new Sequences();

    /// @return what to tell [#committed] once the transaction has committed
    Sequences.Progress write(Connection connection, List<Entry> entries) throws SQLException {
        List<Entry.Message> messages = new ArrayList<>();
        List<Entry.Message> toCount = new ArrayList<>();
        List<Entry.Refusal> refusals = new ArrayList<>();
        List<Entry.Presence> presences = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Message message -> {
                    messages.add(message);
                    if (!(message.message() instanceof Emergency)) {
                        toCount.add(message);
                    }
                }
                case Entry.Overtook(Entry.Message message) -> toCount.add(message);
                case Entry.Refusal refusal -> refusals.add(refusal);
                case Entry.Presence presence -> presences.add(presence);
            }
        }
        if (!presences.isEmpty()) {
            PresenceTable.insert(connection, presences);
        }
        Sequences.Progress progress = sequences.note(connection, toCount);
        if (!messages.isEmpty()) {
            TelemetryTable.insert(connection, wrongClocks.keepNew(connection, messages));
            CheckInAnswers.record(connection, messages);
            PresenceTable.updateStatus(connection, messages);
        }
        if (!refusals.isEmpty()) {
            QuarantineTable.insert(connection, refusals);
        }
        return progress;
    }

    /// The transaction has committed.
    void committed(Sequences.Progress progress) {
        sequences.apply(progress);
    }
}

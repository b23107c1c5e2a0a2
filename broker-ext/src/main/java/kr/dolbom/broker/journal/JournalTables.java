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

    private final QuarantineTable quarantine;

    JournalTables(QuarantineTable quarantine) {
        this.quarantine = quarantine;
    }

    /// How messages are written.
    enum Way {
        /// Fast, and fails where one of them is there already.
        APPEND,
        /// Passes over those that are there already.
        INSERT
    }

    /// What was written.
    ///
    /// @param commit   of it, but for the time that it took
    /// @param progress how far devices have counted, once the transaction has committed
    record Written(Commits.Commit commit, Sequences.Progress progress) {}

    /// Writes entries; call [#committed] once the transaction has committed.
    Written write(Connection connection, List<Entry> entries, Way way) throws SQLException {
        List<Entry.Message> messages = new ArrayList<>(entries.size());
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
        int answered = 0;
        if (!messages.isEmpty()) {
            List<Entry.Message> fresh = wrongClocks.keepNew(connection, messages);
            // Nothing is left where all came again.
            switch (fresh.isEmpty() ? Way.INSERT : way) {
                case APPEND -> TelemetryTable.append(connection, fresh);
                case INSERT -> TelemetryTable.insert(connection, fresh);
            }
            answered = CheckInAnswers.record(connection, messages);
            ResidentRequests.record(connection, messages);
            PresenceTable.updateStatus(connection, messages);
        }
        int kept = refusals.isEmpty() ? 0 : quarantine.insert(connection, refusals);
        return new Written(
                new Commits.Commit(
                        messages.size() + refusals.size() + presences.size(), kept, refusals.size() - kept, answered),
                progress);
    }

    /// The transaction has committed.
    void committed(Written written) {
        sequences.apply(written.progress());
    }
}

package kr.dolbom.caseworker.ledger;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Sql;

/// Reads chains and seals. All methods work in the caller's transaction.
final class Ledger {
    private Ledger() {}

    /// The chain of an alert.
    static Chain chain(Connection connection, UUID alertId) {
        return new Chain(
                alertId,
                Sql.on(connection, "select " + LedgerEntry.COLUMNS + """
                                from ledger_entry l where l.alert_id = :alert order by l.entry_no""")
                        .with("alert", alertId)
                        .list(LedgerEntry::read),
                Sql.on(connection, """
                                select entries, encode(hash, 'hex') as hash from ledger_head where alert_id = :alert""")
                        .with("alert", alertId)
                        .find(row -> new Chain.Head(row.number("entries"), row.text("hash")))
                        .orElse(null));
    }

    /// What the latest seal that binds a chain says of it.
    ///
    /// @param sealNo which seal
    /// @param entries how long the chain was
    /// @param hash of its last entry then
    record Bound(int sealNo, int entries, String hash) {}

    /// The latest seal that binds this alert's chain; empty while none does.
    static Optional<Bound> findBound(Connection connection, UUID alertId) {
        return Sql.on(connection, """
                        select seal_no, entries, encode(hash, 'hex') as hash from ledger_seal_head
                         where alert_id = :alert order by seal_no desc limit 1""")
                .with("alert", alertId)
                .find(row -> new Bound(row.number("seal_no"), row.number("entries"), row.text("hash")));
    }

    /// The latest seal; empty before the first.
    static Optional<LedgerSeal> findLastSeal(Connection connection) {
        return Sql.on(connection, "select " + LedgerSeal.COLUMNS + "from ledger_seal order by seal_no desc limit 1")
                .find(LedgerSeal::read);
    }

    /// Seals in order, at most 1,000.
    ///
    /// @param after from the one after this number
    static List<LedgerSeal> listSeals(Connection connection, int after) {
        return Sql.on(connection, "select " + LedgerSeal.COLUMNS + """
                        from ledger_seal where seal_no > :after order by seal_no limit 1000""")
                .with("after", after)
                .list(LedgerSeal::read);
    }
}

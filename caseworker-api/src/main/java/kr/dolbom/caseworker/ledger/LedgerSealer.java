package kr.dolbom.caseworker.ledger;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.DatabaseException;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals the chains that have grown, now and then. Of several instances one does; the others leave it.
@Singleton
public class LedgerSealer {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerSealer.class);
    private static final int MOST_ALERTS = 10_000;

    private final Transactions transactions;
    private final Clock clock;

    LedgerSealer(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "1m", fixedDelay = "10m")
    void sealOrLog() {
        try {
            seal();
        } catch (DatabaseException e) {
            LOG.warn("The ledger could not be sealed; the next time seals it all reason=\"{}\"", e.getMessage());
        }
    }

    /// Seals all that has grown since the last seal.
    ///
    /// @return the last seal that was made; empty when nothing had grown, or another instance is at it
    public Optional<LedgerSeal> seal() {
        Optional<LedgerSeal> last = Optional.empty();
        while (true) {
            Optional<LedgerSeal> made = transactions.run(this::sealSome);
            if (made.isEmpty()) {
                return last;
            }
            last = made;
            // The log is outside of the database: whoever keeps it can prove that nothing before was changed.
            LOG.info(
                    "Sealed the ledger seal={} alerts={} hash={}",
                    made.get().sealNo(),
                    made.get().alerts(),
                    made.get().hash());
        }
    }

    private record Grown(UUID alertId, int entries, String hash) {}

    private Optional<LedgerSeal> sealSome(Connection connection) {
        boolean isAlone = Sql.on(connection, "select pg_try_advisory_xact_lock(hashtext('ledger_seal')) as alone")
                .get(row -> row.flag("alone"));
        if (!isAlone) {
            return Optional.empty();
        }
        makeUp(connection);
        // A chain that grows at this moment is left for the next seal rather than waited for.
        List<Grown> grown = Sql.on(connection, """
                        with grown as (
                            update ledger_head set sealed = true
                             where alert_id in (select alert_id from ledger_head where not sealed
                                                 order by alert_id limit :most for update skip locked)
                            returning alert_id, entries, encode(hash, 'hex') as hash
                        )
                        select alert_id, entries, hash from grown order by alert_id""")
                .with("most", MOST_ALERTS)
                .list(row -> new Grown(row.uuid("alert_id"), row.number("entries"), row.text("hash")));
        return grown.isEmpty() ? Optional.empty() : Optional.of(write(connection, grown));
    }

    /// Chains recent events that could not be chained when they happened.
    private static void makeUp(Connection connection) {
        Sql.on(connection, """
                        select ledger_try_append(e) as appended
                          from (select e from alert_event e
                                 where e.event_no > (select max(event_no) - 100000 from alert_event)
                                   and not exists (select from ledger_entry l where l.event_no = e.event_no)
                                 order by e.event_no) missing""").list(row -> row);
    }

    private LedgerSeal write(Connection connection, List<Grown> grown) {
        Optional<LedgerSeal> last = Ledger.findLastSeal(connection);
        int sealNo = last.map(LedgerSeal::sealNo).orElse(0) + 1;
        String previous = last.map(LedgerSeal::hash).orElse(Sha256.NOTHING);
        // PostgreSQL keeps microseconds: what is hashed must be what is stored.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Sha256 digest = LedgerSeal.begin(sealNo, at, grown.size(), previous);
        grown.forEach(chain -> digest.add(LedgerSeal.line(chain.alertId().toString(), chain.entries(), chain.hash())));
        var seal = new LedgerSeal(sealNo, at, grown.size(), previous, digest.hex());
        Sql.on(connection, """
                        insert into ledger_seal (seal_no, at, alerts, previous, hash)
                        values (:seal, :at, :alerts, decode(:previous, 'hex'), decode(:hash, 'hex'))""")
                .with("seal", sealNo)
                .with("at", at)
                .with("alerts", grown.size())
                .with("previous", previous)
                .with("hash", seal.hash())
                .update();
        Sql.on(connection, """
                        insert into ledger_seal_head (seal_no, alert_id, entries, hash)
                        select :seal, alert_id, entries, decode(hash, 'hex')
                          from unnest(:alerts::uuid[], :entries::int[], :hashes::text[]) as grown (alert_id, entries, hash)""")
                .with("seal", sealNo)
                .with("alerts", grown.stream().map(Grown::alertId).toArray(UUID[]::new))
                .with("entries", grown.stream().map(Grown::entries).toArray(Integer[]::new))
                .with("hashes", grown.stream().map(Grown::hash).toArray(String[]::new))
                .update();
        return seal;
    }
}

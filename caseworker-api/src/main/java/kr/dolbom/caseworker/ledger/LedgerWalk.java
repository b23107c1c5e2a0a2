package kr.dolbom.caseworker.ledger;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.ledger.LedgerFault.Kind;
import org.jspecify.annotations.Nullable;

/// One walk over all chains and seals in one transaction, which must see one snapshot. Reads page by page, so that it
/// needs as much memory for a year as for a day.
final class LedgerWalk {
    private static final int PAGE = 2_000;
    private static final int MOST_FAULTS = 20;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Connection connection;
    /// At most one a chain, and one for the seals.
    private final Map<UUID, LedgerFault> faults = new LinkedHashMap<>();

    private int alerts;
    private long entries;
    private boolean isMore;

    LedgerWalk(Connection connection) {
        this.connection = connection;
    }

    /// @param kept a seal from outside that must be there; null for none
    LedgerVerdict check(LedgerCheck.@Nullable KeptSeal kept) {
        walkEntries();
        findLostChains();
        Optional<LedgerSeal> last = walkSeals(kept);
        findUnbound();
        findUnchained();
        int unsealed = Sql.on(connection, "select count(*)::int as count from ledger_head where not sealed")
                .get(row -> row.number("count"));
        return new LedgerVerdict(
                faults.isEmpty(),
                alerts,
                entries,
                last.orElse(null),
                unsealed,
                new ArrayList<>(faults.values()),
                isMore);
    }

    private void walkEntries() {
        record Step(
                LedgerEntry entry,
                @Nullable Integer headEntries,
                @Nullable String headHash) {}
        UUID alertId = BEFORE_ALL;
        int entryNo = 0;
        String before = Sha256.NOTHING;
        boolean ends = true;
        while (true) {
            List<Step> page = Sql.on(connection, "select " + LedgerEntry.COLUMNS + """
                                , h.entries as head_entries, encode(h.hash, 'hex') as head_hash
                                  from ledger_entry l left join ledger_head h using (alert_id)
                                 where (l.alert_id, l.entry_no) > (:alert::uuid, :entry::int)
                                 order by l.alert_id, l.entry_no limit :page""")
                    .with("alert", alertId)
                    .with("entry", entryNo)
                    .with("page", PAGE)
                    .list(row ->
                            new Step(LedgerEntry.read(row), row.findNumber("head_entries"), row.findText("head_hash")));
            for (Step step : page) {
                LedgerEntry entry = step.entry();
                if (!entry.alertId().equals(alertId)) {
                    endChain(alertId, ends);
                    alerts++;
                    alertId = entry.alertId();
                    entryNo = 0;
                    before = Sha256.NOTHING;
                }
                if (!entry.follows(entryNo + 1, before)) {
                    diagnose(alertId);
                }
                entries++;
                entryNo = entry.entryNo();
                before = entry.hash();
                ends = step.headEntries() != null && step.headEntries() == entryNo && before.equals(step.headHash());
            }
            if (page.size() < PAGE) {
                endChain(alertId, ends);
                return;
            }
        }
    }

    private void endChain(UUID alertId, boolean ends) {
        if (!ends) {
            diagnose(alertId);
        }
    }

    private void diagnose(UUID alertId) {
        if (isNew(alertId)) {
            // Read whole: the chain of one alert is short.
            Ledger.chain(connection, alertId).findFault().ifPresent(fault -> faults.put(alertId, fault));
        }
    }

    /// Ends without a single entry.
    private void findLostChains() {
        list("""
                    select h.alert_id from ledger_head h
                     where not exists (select from ledger_entry l where l.alert_id = h.alert_id)
                     order by h.alert_id limit :most""", row -> row.uuid("alert_id")).forEach(this::diagnose);
    }

    private Optional<LedgerSeal> walkSeals(LedgerCheck.@Nullable KeptSeal kept) {
        Optional<LedgerSeal> last = Optional.empty();
        boolean isKept = kept == null;
        while (true) {
            List<LedgerSeal> seals =
                    Ledger.listSeals(connection, last.map(LedgerSeal::sealNo).orElse(0));
            if (seals.isEmpty()) {
                break;
            }
            for (LedgerSeal seal : seals) {
                checkSeal(seal, last);
                isKept |= kept != null
                        && kept.sealNo() == seal.sealNo()
                        && kept.hash().equals(seal.hash());
                last = Optional.of(seal);
            }
        }
        if (!isKept && kept != null) {
            add(LedgerFault.ofSeal(
                    Kind.CHANGED, kept.sealNo(), "the ledger has no seal with this number and the hash that was kept"));
        }
        return last;
    }

    private void checkSeal(LedgerSeal seal, Optional<LedgerSeal> before) {
        int expected = before.map(LedgerSeal::sealNo).orElse(0) + 1;
        if (seal.sealNo() != expected) {
            add(LedgerFault.ofSeal(Kind.REMOVED, expected, "the next one there is %d".formatted(seal.sealNo())));
        } else if (!seal.previous().equals(before.map(LedgerSeal::hash).orElse(Sha256.NOTHING))) {
            add(LedgerFault.ofSeal(
                    Kind.CHANGED, Math.max(1, expected - 1), "the seal after it follows one with another hash"));
        }
        Sha256 digest = LedgerSeal.begin(seal.sealNo(), seal.at(), seal.alerts(), seal.previous());
        UUID alertId = BEFORE_ALL;
        while (true) {
            List<Binding> page = Sql.on(connection, """
                                select s.alert_id, s.entries, encode(s.hash, 'hex') as hash,
                                       encode(l.hash, 'hex') as entry_hash
                                  from ledger_seal_head s
                                  left join ledger_entry l on l.alert_id = s.alert_id and l.entry_no = s.entries
                                 where s.seal_no = :seal and s.alert_id > :alert order by s.alert_id limit :page""")
                    .with("seal", seal.sealNo())
                    .with("alert", alertId)
                    .with("page", PAGE)
                    .list(Binding::read);
            for (Binding binding : page) {
                digest.add(LedgerSeal.line(binding.alertId().toString(), binding.entries(), binding.hash()));
                checkBinding(seal.sealNo(), binding);
            }
            if (page.size() < PAGE) {
                break;
            }
            alertId = page.getLast().alertId();
        }
        if (!digest.hex().equals(seal.hash())) {
            add(LedgerFault.ofSeal(Kind.CHANGED, seal.sealNo(), "it has not the hash of what it binds"));
        }
    }

    private void checkBinding(int sealNo, Binding binding) {
        if (binding.hash().equals(binding.entryHash()) || !isNew(binding.alertId())) {
            return;
        }
        faults.put(
                binding.alertId(),
                LedgerFault.ofSealedEntry(
                        binding.entryHash() == null ? Kind.REMOVED : Kind.CHANGED,
                        binding.alertId(),
                        binding.entries(),
                        sealNo,
                        binding.entryHash() == null ? "it is not there" : "it has another hash"));
    }

    /// Chains that are marked as sealed as they are, and no seal binds them so.
    private void findUnbound() {
        list(
                        """
                    select h.alert_id, h.entries from ledger_head h
                     where h.sealed and not exists (
                           select from ledger_seal_head s
                            where s.alert_id = h.alert_id and s.entries = h.entries and s.hash = h.hash)
                     order by h.alert_id limit :most""",
                        row -> LedgerFault.ofEntry(
                                Kind.CHANGED,
                                row.uuid("alert_id"),
                                row.number("entries"),
                                "it was sealed, and the seal is not there"))
                .forEach(this::add);
    }

    /// Events of which the ledger knows nothing.
    private void findUnchained() {
        list(
                        """
                    select e.alert_id, e.event_no::text as event_no,
                           coalesce((select max(entry_no) from ledger_entry l where l.alert_id = e.alert_id), 0) + 1 as next
                      from alert_event e
                     where not exists (select from ledger_entry l where l.event_no = e.event_no)
                     order by e.event_no limit :most""",
                        row -> LedgerFault.ofEntry(
                                Kind.REMOVED,
                                row.uuid("alert_id"),
                                row.number("next"),
                                "event %s of the timeline has no entry".formatted(row.text("event_no"))))
                .forEach(this::add);
    }

    private <T> List<T> list(String query, Function<Row, T> read) {
        return Sql.on(connection, query).with("most", MOST_FAULTS + 1).list(read);
    }

    private void add(LedgerFault fault) {
        UUID of = fault.alertId() == null ? BEFORE_ALL : fault.alertId();
        if (isNew(of)) {
            faults.put(of, fault);
        }
    }

    private boolean isNew(UUID alertId) {
        if (faults.containsKey(alertId)) {
            return false;
        }
        isMore |= faults.size() >= MOST_FAULTS;
        return faults.size() < MOST_FAULTS;
    }

    /// What a seal says of one chain, and what the entry that it names says now.
    private record Binding(
            UUID alertId,
            int entries,
            String hash,
            @Nullable String entryHash) {
        static Binding read(Row row) {
            return new Binding(
                    row.uuid("alert_id"), row.number("entries"), row.text("hash"), row.findText("entry_hash"));
        }
    }
}

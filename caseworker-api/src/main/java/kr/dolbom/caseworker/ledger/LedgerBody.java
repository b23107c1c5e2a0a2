package kr.dolbom.caseworker.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micronaut.core.annotation.Introspected;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An alert's ledger as REST writes it.
///
/// @param alertId whose
/// @param verifies whether every entry is as it was written
/// @param fault the first that is not; missing when all are
/// @param seal the latest seal that binds this chain; missing while there is none
/// @param sealedEntries how many of the entries that seal binds; 0 while there is none
/// @param entries all, oldest first
@Introspected
public record LedgerBody(
        UUID alertId,
        boolean verifies,
        @Nullable LedgerFault fault,
        @Nullable Integer seal,
        int sealedEntries,
        List<EntryBody> entries) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// An entry.
    ///
    /// @param entryNo from 1
    /// @param at when it happened
    /// @param recordedAt when the database chained it
    /// @param type what happened
    /// @param actor who did it
    /// @param detail more, by name
    /// @param hashed the text whose SHA-256 in UTF-8 the hash is
    /// @param previous hash of the entry before
    /// @param hash its own
    @Introspected
    public record EntryBody(
            int entryNo,
            Instant at,
            Instant recordedAt,
            String type,
            String actor,
            JsonNode detail,
            String hashed,
            String previous,
            String hash) {
        static EntryBody of(LedgerEntry entry) {
            return new EntryBody(
                    entry.entryNo(),
                    entry.at(),
                    entry.recordedAt(),
                    entry.type(),
                    entry.actor(),
                    readable(entry.detail()),
                    entry.text(),
                    entry.previous(),
                    entry.hash());
        }

        /// The object, or the text as it is when it was changed to something else.
        private static JsonNode readable(String detail) {
            try {
                return JSON.readTree(detail);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(detail);
            }
        }
    }

    /// Reads an alert's ledger and checks it.
    public static LedgerBody read(Connection connection, UUID alertId) {
        return of(Ledger.chain(connection, alertId), Ledger.findBound(connection, alertId));
    }

    private static LedgerBody of(Chain chain, Optional<Ledger.Bound> bound) {
        Optional<LedgerFault> fault = chain.findFault()
                .or(() -> bound.filter(seal -> !holds(chain, seal))
                        .map(seal -> LedgerFault.ofSealedEntry(
                                chain.entries().size() < seal.entries()
                                        ? LedgerFault.Kind.REMOVED
                                        : LedgerFault.Kind.CHANGED,
                                chain.alertId(),
                                seal.entries(),
                                seal.sealNo(),
                                "it is not what was sealed")));
        return new LedgerBody(
                chain.alertId(),
                fault.isEmpty(),
                fault.orElse(null),
                bound.map(Ledger.Bound::sealNo).orElse(null),
                bound.map(Ledger.Bound::entries).orElse(0),
                chain.entries().stream().map(EntryBody::of).toList());
    }

    private static boolean holds(Chain chain, Ledger.Bound seal) {
        return chain.entries().size() >= seal.entries()
                && chain.entries().get(seal.entries() - 1).hash().equals(seal.hash());
    }
}

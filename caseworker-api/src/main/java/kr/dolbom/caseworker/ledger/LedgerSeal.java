package kr.dolbom.caseworker.ledger;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import kr.dolbom.caseworker.database.Row;

/// What binds the chains that grew since the seal before. Its hash, kept outside of the database, proves later that all
/// up to then is as it was.
///
/// @param sealNo from 1
/// @param at when it was made
/// @param alerts how many chains it binds
/// @param previous hash of the seal before
/// @param hash its own
@Introspected
public record LedgerSeal(int sealNo, Instant at, int alerts, String previous, String hash) {
    static final String COLUMNS =
            "seal_no, at, alerts, encode(previous, 'hex') as previous, encode(hash, 'hex') as hash ";

    static LedgerSeal read(Row row) {
        return new LedgerSeal(
                row.number("seal_no"), row.instant("at"), row.number("alerts"), row.text("previous"), row.text("hash"));
    }

    /// Begins the hash of a seal; one [#line] for each chain follows, in order of the alerts' ids.
    static Sha256 begin(int sealNo, Instant at, int alerts, String previous) {
        return new Sha256()
                .add(String.join(
                        "\n",
                        "dolbom-seal 1",
                        previous,
                        Integer.toString(sealNo),
                        LedgerEntry.TIME.format(at),
                        Integer.toString(alerts)));
    }

    /// What the hash has of one chain.
    static String line(String alertId, int entries, String hash) {
        return "\n" + alertId + " " + entries + " " + hash;
    }
}

package kr.dolbom.caseworker.keys;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.secrecy.KeysetException;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.secrecy.UnreadableException;

/// Whether the keys are those by which this database's values are stored: a word is kept there, encrypted by each key
/// that is in use.
@Singleton
public final class KeyCheck {
    private static final String WORD = "dolbom";

    private final Transactions transactions;
    private final Secrecy secrecy;

    KeyCheck(Transactions transactions, Secrecy secrecy) {
        this.transactions = transactions;
        this.secrecy = secrecy;
    }

    /// Reads all words, and adds those of keys that are used from now on.
    ///
    /// @throws KeysetException when one cannot be read; it names the keys, the file, what is safe and what to do
    public void check() {
        transactions.run(connection -> {
            // Two instances that start at the same time with a file each must not both be the first.
            Sql.on(connection, "lock table secrecy_key in share row exclusive mode")
                    .update();
            List<String> missing = missing(connection);
            if (!missing.isEmpty()) {
                throw new KeysetException(
                        """
                        The keys of this database are missing: %s.
                        The file %s (DOLBOM_KEYSET) holds: %s.
                        What is safe: nothing was changed. Residents, alerts, telemetry and the encrypted names, phone numbers \
                        and addresses stand in the database as they were; broker and risk engine go on storing and judging. \
                        NOBODY IS CALLED until this program runs.
                        What to do: put the right key file in its place, from its backup, or set DOLBOM_KEYSET to it, and start \
                        the program again. Never make a new key file instead: nothing that is stored could be read by it.""".formatted(String.join(", ", missing), secrecy.path(), String.join(", ", secrecy.keyIds())));
            }
            add(connection, SecretColumn.SPOKEN);
            add(connection, SecretColumn.PHONE);
            return missing;
        });
    }

    private List<String> missing(Connection connection) {
        record Proof(String keyId, String kind, String proof) {}
        List<String> missing = new ArrayList<>();
        for (Proof proof : Sql.on(connection, "select key_id, kind, proof from secrecy_key order by first_used, key_id")
                .list(row -> new Proof(row.text("key_id"), row.text("kind"), row.text("proof")))) {
            try {
                secrecy.decrypt(proof.proof(), EnumSet.allOf(SecretColumn.class));
            } catch (UnreadableException e) {
                missing.add(
                        secrecy.keyIds().contains(proof.keyId())
                                ? proof.keyId() + " (the file has another key by this id)"
                                : proof.keyId());
            }
        }
        return missing;
    }

    private void add(Connection connection, SecretColumn kind) {
        Sql.on(connection, """
                        insert into secrecy_key (key_id, kind, proof) values (:key, :kind, :proof)
                        on conflict (key_id) do nothing""")
                .with("key", secrecy.keyId(kind))
                .with("kind", kind.word())
                .with("proof", kind.of(WORD))
                .update();
    }
}

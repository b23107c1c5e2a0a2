package kr.dolbom.caseworker.ledger;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The ledger of an alert, for whoever may see the alert, and the check of all of it, for operators. Each answer is
/// noted in the audit log.
@Controller("/api/v1")
@Tag(name = "ledger")
@ExecuteOn(TaskExecutors.BLOCKING)
public class LedgerApi {
    private static final String HASH = "[0-9a-f]{64}";

    private final Transactions transactions;
    private final LedgerCheck ledgerCheck;

    LedgerApi(Transactions transactions, LedgerCheck ledgerCheck) {
        this.transactions = transactions;
        this.ledgerCheck = ledgerCheck;
    }

    /// What proves whom an alert reached and when, with the hashes and whether they are right.
    @Get("/alerts/{alertId}/ledger")
    @Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
    LedgerBody get(UUID alertId, @Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> {
            int residentNo = AlertStore.find(connection, alertId, viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("alert", alertId))
                    .resident()
                    .residentNo();
            AuditLog.write(connection, viewer.actor(), "ledger-read", residentNo);
            return LedgerBody.read(connection, alertId);
        });
    }

    /// Walks every chain and every seal and names the first entry of each broken chain.
    ///
    /// @param seal number of a seal that was kept outside; with `hash`
    /// @param hash the hash of that seal then, 64 hexadecimal digits; it must be in the ledger still
    @Get("/ledger/check")
    @Secured({Role.OPERATOR, Role.AUDITOR})
    LedgerVerdict check(
            @QueryValue @Nullable Integer seal,
            @QueryValue @Nullable String hash,
            @Parameter(hidden = true) Viewer viewer) {
        LedgerVerdict verdict = ledgerCheck.check(keptSeal(seal, hash));
        transactions.run(connection -> {
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "ledger-checked",
                    null,
                    Map.of("verifies", Boolean.toString(verdict.verifies())));
            return verdict;
        });
        return verdict;
    }

    private static LedgerCheck.@Nullable KeptSeal keptSeal(@Nullable Integer seal, @Nullable String hash) {
        if (seal == null && hash == null) {
            return null;
        }
        if (seal == null || seal < 1) {
            throw Problem.invalid("seal", seal, "the number of a seal, 1 or more, together with its hash");
        }
        if (hash == null || !hash.toLowerCase(Locale.ROOT).matches(HASH)) {
            throw Problem.invalid("hash", hash, "the seal's 64 hexadecimal digits");
        }
        return new LedgerCheck.KeptSeal(seal, hash.toLowerCase(Locale.ROOT));
    }
}

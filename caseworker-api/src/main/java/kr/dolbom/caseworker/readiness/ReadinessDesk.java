package kr.dolbom.caseworker.readiness;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.roster.RosterAccess;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.words.Words;

/// Whether an office's coming shifts are ready, and test rings, for whoever may see and ask. Safe for use by many
/// threads.
@Singleton
public final class ReadinessDesk {
    private final Transactions transactions;
    private final Readiness readiness;
    private final TestRings rings;
    private final Clock clock;

    ReadinessDesk(Transactions transactions, Readiness readiness, TestRings rings, Clock clock) {
        this.transactions = transactions;
        this.readiness = readiness;
        this.rings = rings;
        this.clock = clock;
    }

    /// Something that is not ready.
    ///
    /// @param kind what is wrong, as notices name it: `shift-gap`, `shift-single` …
    /// @param values fill the places of the text `notice-kind.…`
    public record Finding(String kind, List<String> values) {
        /// Takes a copy.
        public Finding {
            values = List.copyOf(values);
        }

        /// One sentence with the way out.
        public String told(Words words) {
            return words.text("notice-kind." + kind, values.toArray());
        }
    }

    /// Looks at the coming shifts now; nobody is told.
    public List<Finding> check(Viewer viewer, UUID officeId) {
        return transactions.run(connection ->
                readiness.troubles(connection, RosterAccess.see(connection, viewer, officeId), clock.instant()).stream()
                        .map(trouble -> new Finding(trouble.kind().word(), trouble.values()))
                        .toList());
    }

    /// Rings somebody's phone now.
    public TestRings.TestRing ring(Viewer viewer, UUID officeId, UUID caseworkerId) {
        record Phone(int caseworkerNo, String number) {}
        Phone phone = transactions.run(connection -> {
            int office = RosterAccess.change(connection, viewer, officeId);
            AuditLog.write(
                    connection, viewer.actor(), "test-ring-asked", null, Map.of("caseworker", caseworkerId.toString()));
            return Sql.on(connection, """
                            select caseworker_no, phone from caseworker
                             where caseworker_id = :caseworker and office_no = :office and left_at is null""")
                    .with("caseworker", caseworkerId)
                    .with("office", office)
                    .find(row -> new Phone(row.number("caseworker_no"), row.secret("phone", SecretColumn.PHONE)))
                    .orElseThrow(() ->
                            Problem.invalid("caseworkerId", caseworkerId, "the id of a caseworker of this office"));
        });
        return rings.ring(phone.caseworkerNo(), phone.number(), viewer.actor().name());
    }

    /// The latest test rings of the office's people, newest first, at most 200.
    public List<TestRings.TestRing> listRings(Viewer viewer, UUID officeId) {
        return transactions.run(
                connection -> TestRings.list(connection, RosterAccess.see(connection, viewer, officeId)));
    }
}

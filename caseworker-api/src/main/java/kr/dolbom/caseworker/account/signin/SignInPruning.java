package kr.dolbom.caseworker.account.signin;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.token.AccessTokens;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.timer.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what signs nobody in any more: sessions and tokens that are over, wrong attempts that are
/// forgotten, browsers in which nobody has signed in for a year.
@Singleton
public final class SignInPruning implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(SignInPruning.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Sessions sessions;
    private final Transactions transactions;
    private final Clock clock;

    SignInPruning(Sessions sessions, Transactions transactions, Clock clock) {
        this.sessions = sessions;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sign-in-pruning";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        int removed = transactions.run(connection ->
                sessions.prune(connection, now) + AccessTokens.prune(connection, now) + Proofs.prune(connection, now));
        if (removed > 0) {
            LOG.info("Removed sessions, tokens, attempts and browsers that are over rows={}", removed);
        }
    }
}

package kr.dolbom.caseworker.account;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import jakarta.annotation.PostConstruct;
import java.security.SecureRandom;
import java.util.Base64;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds the account `operator` to a database without an operator, with the password of `DOLBOM_OPERATOR_PASSWORD`, or
/// with a random one that is printed once.
@Context
final class FirstOperator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOperator.class);
    private static final String LOGIN = "operator";

    private final Transactions transactions;
    private final @Nullable String password;

    FirstOperator(Transactions transactions, @Nullable @Property(name = "dolbom.operator.password") String password) {
        this.transactions = transactions;
        this.password = password;
    }

    @PostConstruct
    void add() {
        String set = password;
        boolean isSet = set != null && !set.isBlank();
        String initial = set == null || set.isBlank() ? random() : set;
        boolean exists = transactions.run(connection -> Sql.on(
                        connection, "select exists (select from account where role = 'operator') as operator")
                .get(row -> row.flag("operator")));
        if (exists) {
            return;
        }
        var operator = new Accounts.NewAccount(LOGIN, Role.OPERATOR, null, null, null, null);
        String hash = Passwords.hash(initial);
        boolean added = transactions.run(connection -> Accounts.add(connection, operator, hash, !isSet));
        if (added && isSet) {
            LOG.info("Added the first account login={}", LOGIN);
        } else if (added) {
            LOG.warn(
                    "Added the first account; its password is shown this once only login={} password={}",
                    LOGIN,
                    initial);
        }
    }

    private static String random() {
        byte[] bytes = new byte[15];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package kr.dolbom.caseworker.push;

import java.net.URI;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;

/// The subscriptions as the database has them. All methods work in the caller's transaction.
public final class PushSubscriptions {
    private static final int MOST = 10;
    private static final String COLUMNS = """
            select subscription_id, endpoint, public_key, auth_secret, subscribed_at from push_subscription
            """;

    private PushSubscriptions() {}

    /// Whether somebody wants messages in any browser. Guardians have none.
    public static boolean has(Connection connection, Alert.Person person) {
        return person.kind() == PersonKind.CASEWORKER
                && Sql.on(connection, """
                        select exists (select from push_subscription where caseworker_no = :caseworker) as found""").with("caseworker", person.number()).get(row -> row.flag("found"));
    }

    /// Adds a browser, or renews it, also where somebody else used it before. Of more than ten the
    /// oldest go.
    ///
    /// @return its public id
    static UUID add(
            Connection connection, int caseworkerNo, URI endpoint, String publicKey, String authSecret, Instant now) {
        UUID added = Sql.on(connection, """
                        insert into push_subscription as s
                               (caseworker_no, endpoint, public_key, auth_secret, subscribed_at)
                        values (:caseworker, :endpoint, :key, :auth, :now)
                        on conflict (endpoint) do update
                           set caseworker_no = excluded.caseworker_no, public_key = excluded.public_key,
                               auth_secret = excluded.auth_secret, subscribed_at = excluded.subscribed_at
                        returning subscription_id""")
                .with("caseworker", caseworkerNo)
                .with("endpoint", endpoint.toString())
                .with("key", publicKey)
                .with("auth", authSecret)
                .with("now", now)
                .get(row -> row.uuid("subscription_id"));
        Sql.on(connection, """
                        delete from push_subscription where subscription_no in
                            (select subscription_no from push_subscription where caseworker_no = :caseworker
                              order by subscribed_at desc, subscription_no desc offset :most)""")
                .with("caseworker", caseworkerNo)
                .with("most", MOST)
                .update();
        return added;
    }

    /// The browsers of a caseworker, oldest first.
    static List<Browser> list(Connection connection, int caseworkerNo) {
        return Sql.on(connection, COLUMNS + "where caseworker_no = :caseworker order by subscription_no")
                .with("caseworker", caseworkerNo)
                .list(PushSubscriptions::read);
    }

    /// Takes a caseworker's browser out.
    ///
    /// @return whether it was there
    static boolean remove(Connection connection, int caseworkerNo, UUID subscriptionId) {
        return Sql.on(connection, """
                        delete from push_subscription
                         where subscription_id = :subscription and caseworker_no = :caseworker""")
                        .with("subscription", subscriptionId)
                        .with("caseworker", caseworkerNo)
                        .update()
                == 1;
    }

    private static Browser read(Row row) {
        return new Browser(
                row.uuid("subscription_id"),
                URI.create(row.text("endpoint")),
                row.text("public_key"),
                row.text("auth_secret"),
                row.instant("subscribed_at"));
    }
}

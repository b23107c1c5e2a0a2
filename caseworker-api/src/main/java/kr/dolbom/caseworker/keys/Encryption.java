package kr.dolbom.caseworker.keys;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.secrecy.Secrecy;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.secrecy.UnreadableException;
import kr.dolbom.caseworker.timer.Chore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts what stands plain in the database, from before or put there by SQL, and what is stored by an old key. It
/// goes in small steps, each committed: it may be killed at any moment, and several may do it at once. When all is
/// done it looks again after an hour; what devices have said is looked for every time.
@Singleton
public final class Encryption implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Encryption.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration AGAIN_AFTER = Duration.ofHours(1);
    private static final int BATCH = 500;

    private final Transactions transactions;
    private final Secrecy secrecy;
    private final Clock clock;
    /// Values that could not be read: each is told once.
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile Set<String> doneBy = Set.of();
    private volatile Instant doneAt = Instant.EPOCH;

    Encryption(Transactions transactions, Secrecy secrecy, Clock clock) {
        this.transactions = transactions;
        this.secrecy = secrecy;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "encryption";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Set<String> keys = secrecy.keyIds();
        if (doneBy.equals(keys) && now.isBefore(doneAt.plus(AGAIN_AFTER))) {
            // What was said since; an index finds it.
            Place.SPOKEN.forEach(place -> encrypt(place, true));
        } else {
            // What could not be read now will hardly be readable in a minute.
            encryptAll();
            doneBy = keys;
            doneAt = now;
        }
    }

    /// Looks through everything now, and forgets old keys where nothing is left that is stored by them.
    ///
    /// @return how many values could not be encrypted: they can be read by no key
    public int encryptAll() {
        int left = 0;
        for (Place place : Place.ALL) {
            left += encrypt(place, false);
        }
        for (Place place : Place.SPOKEN) {
            left += encrypt(place, false);
        }
        if (left == 0) {
            retire();
        }
        return left;
    }

    /// @param plainOnly without what is stored by an old key
    /// @return how many rows could not be encrypted
    private int encrypt(Place place, boolean plainOnly) {
        int changed = 0;
        int left = 0;
        @Nullable String after = null;
        while (true) {
            @Nullable String from = after;
            Step step = transactions.run(connection -> step(connection, place, plainOnly, from));
            changed += step.changed();
            left += step.found() - step.changed();
            after = step.last();
            if (step.found() < BATCH) {
                break;
            }
        }
        if (changed > 0) {
            LOG.info("Encrypted table={} column={} rows={}", place.table(), place.column(), changed);
        }
        return left;
    }

    private record Step(int found, int changed, @Nullable String last) {}

    private record Value(String key, String before) {}

    private Step step(Connection connection, Place place, boolean plainOnly, @Nullable String after) {
        List<Value> values = Sql.on(connection, """
                        select %1$s::text as key, %2$s as value from %3$s
                         where %2$s is not null and not starts_with(%2$s, %6$s) and %4$s
                           and (:after::%5$s is null or %1$s > :after::%5$s)
                         order by %1$s limit :count for no key update skip locked""".formatted(
                                place.key(),
                                place.value(),
                                place.table(),
                                place.condition(),
                                place.keyType(),
                                // Written out: only so an index that is made for it is used.
                                "'" + (plainOnly ? Secrecy.PREFIX : secrecy.prefix(place.secret())) + "'"))
                .with("after", after)
                .with("count", BATCH)
                .list(row -> new Value(row.text("key"), row.text("value")));
        if (values.isEmpty()) {
            return new Step(0, 0, after);
        }
        List<String> keys = new ArrayList<>();
        List<String> encrypted = new ArrayList<>();
        for (Value value : values) {
            try {
                String plain = secrecy.decrypt(value.before(), EnumSet.of(place.secret()));
                encrypted.add(secrecy.encrypt(place.secret(), plain));
                keys.add(value.key());
            } catch (UnreadableException e) {
                if (told.add(String.join(" ", place.table(), place.column(), value.key()))) {
                    LOG.error(
                            "A stored value cannot be read table={} column={} key={} reason=\"{}\"",
                            place.table(),
                            place.column(),
                            value.key(),
                            e.getMessage());
                }
            }
        }
        if (place.table().equals("phone_trouble")) {
            mergeTroubles(connection, keys, encrypted);
        }
        Sql.on(connection, """
                        update %s t set %s from unnest(:keys::text[], :values::text[]) v(key, after)
                         where t.%s = v.key::%s""".formatted(place.table(), place.change(), place.key(), place.keyType()))
                .with("keys", keys.toArray(String[]::new))
                .with("values", encrypted.toArray(String[]::new))
                .update();
        return new Step(values.size(), keys.size(), values.getLast().key());
    }

    /// The same number may be known by two keys: what is known by the new one stays.
    private static void mergeTroubles(Connection connection, List<String> keys, List<String> encrypted) {
        Sql.on(connection, """
                        delete from phone_trouble t using unnest(:keys::text[], :values::text[]) v(key, after), phone_trouble o
                         where t.trouble_id = v.key::uuid and o.phone = v.after and o.channel = t.channel
                           and o.trouble_id <> t.trouble_id""")
                .with("keys", keys.toArray(String[]::new))
                .with("values", encrypted.toArray(String[]::new))
                .update();
    }

    /// Forgets keys by which nothing is stored any more.
    private void retire() {
        List<String> retired = transactions.run(connection -> {
            List<String> old = Sql.on(connection, "select key_id from secrecy_key where not key_id = any(:used)")
                    .with("used", new String[] {secrecy.keyId(SecretColumn.SPOKEN), secrecy.keyId(SecretColumn.PHONE)})
                    .list(row -> row.text("key_id"))
                    .stream()
                    .filter(key -> isUnused(connection, key))
                    .toList();
            Sql.on(connection, "delete from secrecy_key where key_id = any(:old)")
                    .with("old", old.toArray(String[]::new))
                    .update();
            return old;
        });
        retired.forEach(key -> LOG.warn(
                "Nothing is stored by this key any more: it may be left out of the key file key={} file={}",
                key,
                secrecy.path()));
    }

    private static boolean isUnused(Connection connection, String key) {
        return Stream.concat(Place.ALL.stream(), Place.SPOKEN.stream())
                .noneMatch(place -> Sql.on(connection, """
                                select exists (select from %s where starts_with(%s, :prefix)) as used""".formatted(place.table(), place.value()))
                        .with("prefix", Secrecy.PREFIX + key + ".")
                        .get(row -> row.flag("used")));
    }
}

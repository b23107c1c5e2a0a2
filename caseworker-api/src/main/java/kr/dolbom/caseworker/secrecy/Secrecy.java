package kr.dolbom.caseworker.secrecy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts what is stored of people and reads it again, by the keys of one file. A value that is not encrypted is read
/// as it stands: it is from before, and a chore encrypts it. Safe for use by many threads.
///
/// While a transaction runs it is the [current][#current()] one of its thread: so statements know by which keys.
public final class Secrecy {
    /// What is shown in the place of a value that cannot be read.
    public static final String UNREADABLE = "(읽을 수 없음)";

    /// How every encrypted value begins.
    public static final String PREFIX = Keyset.PREFIX;

    private static final Logger LOG = LoggerFactory.getLogger(Secrecy.class);
    private static final ScopedValue<Secrecy> CURRENT = ScopedValue.newInstance();
    private static final Secrecy NONE = new Secrecy(null, null);

    private final @Nullable KeysetFile file;
    private final AtomicLong unreadable = new AtomicLong();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Keyset keys;
    private volatile KeysetFile.@Nullable Version version;

    private Secrecy(@Nullable KeysetFile file, @Nullable Keyset keys) {
        this.file = file;
        this.keys = keys;
    }

    /// Reads the keys.
    ///
    /// @throws KeysetException when the file is not there, may be read by others, or holds no keys
    public static Secrecy open(Path keyset) {
        var file = new KeysetFile(keyset);
        // Before it is read: what is written meanwhile is then read once more.
        KeysetFile.Version version = version(file);
        var secrecy = new Secrecy(file, file.read());
        secrecy.version = version;
        return secrecy;
    }

    /// Without keys: reads plain values alone and stores none.
    public static Secrecy none() {
        return NONE;
    }

    /// The one by which this thread's transaction works; [#none()] outside of transactions.
    public static Secrecy current() {
        return CURRENT.orElse(NONE);
    }

    /// Does something by these keys.
    public <T> T apply(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /// The file that was read.
    ///
    /// @throws IllegalStateException without keys
    public Path path() {
        if (file == null) {
            throw new IllegalStateException("there are no keys here");
        }
        return file.path();
    }

    /// The ids of all keys, in hexadecimal digits; those that encrypt now first.
    public Set<String> keyIds() {
        return keys().ids();
    }

    /// The stored form of a value.
    ///
    /// @throws IllegalStateException without keys
    public String encrypt(SecretColumn column, String plain) {
        return keys().encrypt(column, plain);
    }

    /// All forms in which a value may be stored.
    ///
    /// @throws IllegalStateException without keys
    public List<String> forms(SecretForms forms) {
        Keyset now = keys();
        return forms.plain().stream()
                .flatMap(plain -> now.forms(forms.column(), plain).stream())
                .toList();
    }

    /// How every value of this kind begins that needs no encrypting any more.
    public String prefix(SecretColumn column) {
        return keys().prefix(column);
    }

    /// By which key values of this kind are encrypted now.
    public String keyId(SecretColumn column) {
        return keys().keyId(column);
    }

    /// Reads a stored value.
    ///
    /// @param expected what it may be
    /// @throws UnreadableException when its key is missing, or it is something else
    public String decrypt(String stored, Set<SecretColumn> expected) throws UnreadableException {
        if (!Stored.isEncrypted(stored)) {
            return stored;
        }
        Stored parsed = Stored.parse(stored, expected);
        Keyset now = keys;
        if (now == null || !now.ids().contains(parsed.keyId())) {
            now = readAgain();
        }
        if (now == null) {
            throw new UnreadableException("there are no keys here");
        }
        return now.decrypt(parsed);
    }

    /// Reads a stored value; one that cannot be read is counted, told in the log once a kind and key, and shown as
    /// [#UNREADABLE]. No page and no escalation ends because of it.
    ///
    /// @param column the result's, for the log
    public String read(String column, String stored, SecretColumn first, SecretColumn... more) {
        try {
            return decrypt(stored, EnumSet.of(first, more));
        } catch (UnreadableException e) {
            long count = unreadable.incrementAndGet();
            if (told.add(column + first.word() + e.getMessage())) {
                LOG.error(
                        "A stored value cannot be read column={} kind={} reason=\"{}\" count={}",
                        column,
                        first.word(),
                        e.getMessage(),
                        count);
            }
            return UNREADABLE;
        }
    }

    /// How many times a value could not be read since the start.
    public long unreadableCount() {
        return unreadable.get();
    }

    private Keyset keys() {
        Keyset now = keys;
        if (now == null) {
            throw new IllegalStateException("there are no keys here: nothing of a person can be stored");
        }
        return now;
    }

    /// Another instance may use a key that the file has had since we read it.
    private synchronized @Nullable Keyset readAgain() {
        if (file == null) {
            return keys;
        }
        KeysetFile.Version there = version(file);
        if (there != null && !there.equals(version)) {
            version = there;
            try {
                keys = file.read();
                LOG.info("The keys have changed ids={}", keyIds());
            } catch (KeysetException e) {
                LOG.error("The changed keys cannot be used reason=\"{}\"", e.getMessage());
            }
        }
        return keys;
    }

    /// Null when the file cannot be looked at.
    private static KeysetFile.@Nullable Version version(KeysetFile file) {
        try {
            return file.version();
        } catch (IOException e) {
            return null;
        }
    }
}

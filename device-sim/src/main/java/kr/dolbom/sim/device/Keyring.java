package kr.dolbom.sim.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kr.dolbom.contract.identity.DeviceSecret;
import org.jspecify.annotations.Nullable;

/// In which order a device tries its secrets: the newest first, so that it does not matter whether the
/// broker's acknowledgement of it was lost. Not safe for use by many threads.
final class Keyring {
    /// What a connection is tried by.
    enum By {
        NEXT,
        CURRENT,
        CLAIM,
        CERTIFICATE
    }

    /// One way to connect.
    ///
    /// @param password null: none
    record Login(By by, @Nullable String password) {
        @Override
        public String toString() {
            return "Login[" + by + "]";
        }
    }

    private final Secrets.Store store;
    private int tried;

    Keyring(Secrets.Store store) {
        this.store = store;
    }

    Login login() {
        return logins().get(tried);
    }

    /// The broker knows nothing of the login.
    ///
    /// @return whether there is another to try; if not, the next attempt begins with the first again
    boolean refused() {
        tried = tried + 1 < logins().size() ? tried + 1 : 0;
        return tried > 0;
    }

    /// The broker let the login in.
    void accepted(Login login) {
        tried = 0;
        if (login.by() == By.NEXT) {
            store.keep(new Secrets(null, store.read().next(), null));
        }
    }

    /// The secret that is to be set, made and kept where there is none.
    DeviceSecret next() {
        Secrets secrets = store.read();
        if (secrets.next() == null) {
            secrets = new Secrets(DeviceSecret.generate(), secrets.current(), secrets.claim());
            store.keep(secrets);
        }
        return Objects.requireNonNull(secrets.next());
    }

    boolean hasNext() {
        return store.read().next() != null;
    }

    private List<Login> logins() {
        Secrets secrets = store.read();
        List<Login> logins = new ArrayList<>();
        if (secrets.next() != null) {
            logins.add(new Login(By.NEXT, secrets.next().text()));
        }
        if (secrets.current() != null) {
            logins.add(new Login(By.CURRENT, secrets.current().text()));
        }
        if (secrets.claim() != null) {
            logins.add(new Login(By.CLAIM, secrets.claim().text()));
        }
        return logins.isEmpty() ? List.of(new Login(By.CERTIFICATE, null)) : logins;
    }
}

package kr.dolbom.sim.device;

import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import org.jspecify.annotations.Nullable;

/// By what a device proves itself.
///
/// @param next a secret that it has made and not yet connected by; null: none
/// @param current the secret that it connects by; null: none yet
/// @param claim the one-time code from its box; null: none, or used up
public record Secrets(
        @Nullable DeviceSecret next,
        @Nullable DeviceSecret current,
        @Nullable ClaimCode claim) {
    /// None at all: the device comes by its certificate.
    public static final Secrets NONE = new Secrets(null, null, null);

    /// The secret of a device that was registered with one.
    public static Secrets of(DeviceSecret secret) {
        return new Secrets(null, secret, null);
    }

    /// The code of a device in its box.
    public static Secrets of(ClaimCode code) {
        return new Secrets(null, null, code);
    }

    /// Where a device keeps them, as on flash memory. What is kept is there after any power cut.
    public interface Store {
        /// What was kept last.
        Secrets read();

        /// Keeps these and returns when they are safe.
        void keep(Secrets secrets);

        /// A store that lasts as long as this process.
        static Store inMemory(Secrets first) {
            return new Store() {
                private volatile Secrets kept = first;

                @Override
                public Secrets read() {
                    return kept;
                }

                @Override
                public void keep(Secrets secrets) {
                    kept = secrets;
                }
            };
        }
    }
}

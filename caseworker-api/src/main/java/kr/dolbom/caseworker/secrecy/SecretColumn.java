package kr.dolbom.caseworker.secrecy;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is encrypted in the database. The word is authenticated with each value, so that none can be read in the place
/// of another kind; it stands in stored values and is never changed.
public enum SecretColumn {
    /// A resident's name.
    RESIDENT_NAME("resident-name"),
    /// Where a resident lives.
    RESIDENT_ADDRESS("resident-address"),
    /// A caseworker's name.
    CASEWORKER_NAME("caseworker-name"),
    /// A guardian's name.
    GUARDIAN_NAME("guardian-name"),
    /// A notice's sentence, which may name somebody.
    NOTICE_TEXT("notice-text"),
    /// What a device was to say, once that is over: it names the resident.
    SPOKEN("spoken"),
    /// What a second step of signing in is worked out from.
    SIGN_IN_SECRET("sign-in-secret"),
    /// A file that somebody has brought and not yet confirmed.
    STAGED_FILE("staged-file"),
    /// A phone number, wherever it stands: equal numbers are stored equally, so that they can be compared.
    PHONE("phone");

    private final String word;

    SecretColumn(String word) {
        this.word = word;
    }

    /// The word for it in stored values.
    public String word() {
        return word;
    }

    /// Whether equal values are stored equally.
    boolean isComparable() {
        return this == PHONE;
    }

    /// A value that is encrypted when it is bound to a statement; null for null.
    public @Nullable Secret of(@Nullable String plain) {
        return plain == null ? null : new Secret(this, plain);
    }

    /// All forms in which one of these values may be stored, for `column = any(:forms)`: plain, and encrypted by each
    /// key.
    ///
    /// @throws IllegalStateException when equal values are not stored equally
    public SecretForms anyOf(Collection<String> plain) {
        if (!isComparable()) {
            throw new IllegalStateException("values of " + word + " cannot be compared where they are stored");
        }
        return new SecretForms(this, List.copyOf(plain));
    }

    /// The same of one value.
    public SecretForms anyOf(String plain) {
        return anyOf(List.of(plain));
    }
}

package kr.dolbom.caseworker.secrecy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig2026;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys of one file: for values that are only read (AES-256-GCM) and for those that are compared as well
/// (AES-SIV). Immutable; safe for use by many threads.
///
/// A stored value is `enc1.KEY.KIND.BYTES`: the key's id in hexadecimal digits, the kind's word, and Tink's ciphertext
/// in base64url. The word is the associated data.
final class Keyset {
    static final String PREFIX = "enc1.";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final Configuration TEXTS = AeadConfig2026.get();
    private static final Configuration PHONES = DeterministicAeadConfig2026.get();

    private final KeysetHandle texts;
    private final KeysetHandle phones;
    private final Aead aead;
    private final DeterministicAead deterministic;
    private final Map<String, DeterministicAead> deterministicById = new LinkedHashMap<>();
    private final String textKey;
    private final String phoneKey;
    /// Made once: every value that is decrypted is held against them.
    private final Set<String> ids;

    private Keyset(KeysetHandle texts, KeysetHandle phones) throws GeneralSecurityException {
        this.texts = texts;
        this.phones = phones;
        aead = texts.getPrimitive(TEXTS, Aead.class);
        deterministic = phones.getPrimitive(PHONES, DeterministicAead.class);
        textKey = id(texts.getPrimary());
        phoneKey = id(phones.getPrimary());
        for (int i = 0; i < phones.size(); i++) {
            deterministicById.put(
                    id(phones.getAt(i)),
                    KeysetHandle.newBuilder()
                            .setConfiguration(PHONES)
                            .addEntry(KeysetHandle.importKey(phones.getAt(i).getKey())
                                    .withFixedId(phones.getAt(i).getId())
                                    .makePrimary())
                            .build()
                            .getPrimitive(PHONES, DeterministicAead.class));
        }
        Set<String> all = new LinkedHashSet<>(List.of(textKey, phoneKey));
        for (int i = 0; i < texts.size(); i++) {
            all.add(id(texts.getAt(i)));
        }
        all.addAll(deterministicById.keySet());
        ids = Collections.unmodifiableSet(all);
    }

    private static String id(KeysetHandle.Entry entry) {
        return "%08x".formatted(entry.getId());
    }

    /// New keys.
    static Keyset generate() {
        try {
            return new Keyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TEXTS),
                    KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV, PHONES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no keys can be generated", e);
        }
    }

    /// These keys and a new one of each kind, by which values are encrypted from now on.
    Keyset rotate() {
        try {
            return new Keyset(
                    withNewPrimary(texts, PredefinedAeadParameters.AES256_GCM, TEXTS),
                    withNewPrimary(phones, PredefinedDeterministicAeadParameters.AES256_SIV, PHONES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key can be added", e);
        }
    }

    private static KeysetHandle withNewPrimary(KeysetHandle keys, Parameters parameters, Configuration configuration)
            throws GeneralSecurityException {
        return KeysetHandle.newBuilder(keys)
                .setConfiguration(configuration)
                .addEntry(KeysetHandle.generateEntryFromParameters(parameters)
                        .withRandomId()
                        .makePrimary())
                .build();
    }

    /// These keys without the one with this id.
    ///
    /// @throws IllegalArgumentException when there is none, or values are encrypted by it
    Keyset without(String keyId) {
        if (keyId.equals(textKey) || keyId.equals(phoneKey)) {
            throw new IllegalArgumentException("key " + keyId + " is in use: values are encrypted by it");
        }
        if (!ids().contains(keyId)) {
            throw new IllegalArgumentException("there is no key " + keyId + ", only " + String.join(", ", ids()));
        }
        try {
            int id = Integer.parseUnsignedInt(keyId, 16);
            return new Keyset(without(texts, id, TEXTS), without(phones, id, PHONES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("key " + keyId + " cannot be left out", e);
        }
    }

    private static KeysetHandle without(KeysetHandle keys, int id, Configuration configuration)
            throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(keys).setConfiguration(configuration);
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (keys.getAt(i).getId() == id) {
                builder.deleteAt(i);
            }
        }
        return builder.build();
    }

    /// The keysets as Tink writes them.
    static Keyset parse(String textKeys, String phoneKeys) throws GeneralSecurityException {
        return new Keyset(
                TinkJsonProtoKeysetFormat.parseKeyset(textKeys, TEXTS, InsecureSecretKeyAccess.get()),
                TinkJsonProtoKeysetFormat.parseKeyset(phoneKeys, PHONES, InsecureSecretKeyAccess.get()));
    }

    /// Tink's keyset of the keys for values that are only read.
    String textKeys() {
        return json(texts, TEXTS);
    }

    /// Tink's keyset of the keys for phone numbers.
    String phoneKeys() {
        return json(phones, PHONES);
    }

    private static String json(KeysetHandle keys, Configuration configuration) {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(keys, configuration, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys cannot be written", e);
        }
    }

    /// All ids, those of the keys that encrypt now first.
    Set<String> ids() {
        return ids;
    }

    /// How every value of this kind begins that is encrypted by the key of today.
    String prefix(SecretColumn column) {
        return PREFIX + keyId(column) + "." + column.word() + ".";
    }

    String keyId(SecretColumn column) {
        return column.isComparable() ? phoneKey : textKey;
    }

    String encrypt(SecretColumn column, String plain) {
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        byte[] kind = column.word().getBytes(StandardCharsets.UTF_8);
        try {
            return prefix(column)
                    + ENCODER.encodeToString(
                            column.isComparable()
                                    ? deterministic.encryptDeterministically(bytes, kind)
                                    : aead.encrypt(bytes, kind));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value of " + column.word() + " cannot be encrypted", e);
        }
    }

    /// Plain, and by each key.
    List<String> forms(SecretColumn column, String plain) {
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        byte[] kind = column.word().getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>(List.of(plain));
        deterministicById.forEach((id, key) -> {
            try {
                forms.add(PREFIX + id + "." + column.word() + "."
                        + ENCODER.encodeToString(key.encryptDeterministically(bytes, kind)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a value of " + column.word() + " cannot be encrypted", e);
            }
        });
        return forms;
    }

    String decrypt(Stored stored) throws UnreadableException {
        if (!ids().contains(stored.keyId())) {
            throw new UnreadableException("key " + stored.keyId() + " is missing");
        }
        byte[] kind = stored.column().word().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(stored.bytes());
            return new String(
                    stored.column().isComparable()
                            ? deterministic.decryptDeterministically(bytes, kind)
                            : aead.decrypt(bytes, kind),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableException("the value does not belong to key " + stored.keyId() + " and this kind");
        }
    }
}

package kr.dolbom.caseworker.registry;

import java.text.Normalizer;
import java.util.Locale;

/// A name, or a part of one, that somebody looks for. Names are stored encrypted, so that they are
/// compared here and nowhere else: blanks are left out, capitals do not matter, nor whether Korean
/// letters come apart, as a Mac writes them.
public final class NamePart {
    private final String plain;

    private NamePart(String plain) {
        this.plain = plain;
    }

    /// What somebody has typed; nothing, or blanks alone, fits every name.
    public static NamePart of(String typed) {
        return new NamePart(plain(typed));
    }

    /// Whether nothing was typed.
    public boolean isEmpty() {
        return plain.isEmpty();
    }

    /// Whether it is a part of one of these names.
    public boolean fits(String... names) {
        for (String name : names) {
            if (plain(name).contains(plain)) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).replace(" ", "").toLowerCase(Locale.ROOT);
    }
}

package kr.dolbom.caseworker.secrecy;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/// Reads the keys that `DOLBOM_KEYSET` names.
@Factory
final class SecrecyFactory {
    @Singleton
    Secrecy secrecy(@Property(name = "dolbom.keyset", defaultValue = "") String keyset) {
        if (keyset.isBlank()) {
            throw new KeysetException(
                    "DOLBOM_KEYSET is not set, expected the file with the keys by which names, phone numbers and addresses are stored. Where nothing has ever been stored, make one: ./dolbom keyset new FILE; otherwise name the one that was used.");
        }
        return Secrecy.open(Path.of(keyset));
    }
}

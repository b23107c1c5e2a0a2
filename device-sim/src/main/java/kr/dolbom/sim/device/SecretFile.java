package kr.dolbom.sim.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.topic.DeviceId;
import org.jspecify.annotations.Nullable;

/// A device's secrets in a file of its own, `ID.json`, which its owner alone may read. The file is
/// replaced as a whole: whoever reads it sees what was before or what is now, whatever breaks in
/// between.
public final class SecretFile implements Secrets.Store {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Secrets given;

    /// @param folder made where it is missing
    /// @param given what the device has where nothing was kept yet
    public SecretFile(Path folder, DeviceId device, Secrets given) {
        this.file = folder.resolve(device + ".json");
        this.given = given;
    }

    /// @throws UncheckedIOException where the file cannot be read
    /// @throws IllegalArgumentException where it is not what was written
    @Override
    public Secrets read() {
        try {
            JsonNode kept = JSON.readTree(Files.readAllBytes(file));
            String next = kept.path("next").asText();
            String current = kept.path("current").asText();
            String claim = kept.path("claim").asText();
            return new Secrets(
                    next.isEmpty() ? null : new DeviceSecret(next),
                    current.isEmpty() ? null : new DeviceSecret(current),
                    claim.isEmpty() ? null : new ClaimCode(claim));
        } catch (NoSuchFileException e) {
            return given;
        } catch (IOException e) {
            throw new UncheckedIOException("the secrets in " + file + " cannot be read", e);
        }
    }

    /// @throws UncheckedIOException where the file cannot be written
    @Override
    public void keep(Secrets secrets) {
        ObjectNode json = JSON.createObjectNode();
        put(json, "next", secrets.next() == null ? null : secrets.next().text());
        put(
                json,
                "current",
                secrets.current() == null ? null : secrets.current().text());
        put(json, "claim", secrets.claim() == null ? null : secrets.claim().text());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(fresh);
            try (FileChannel out = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(json));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the secrets cannot be kept in " + file, e);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}

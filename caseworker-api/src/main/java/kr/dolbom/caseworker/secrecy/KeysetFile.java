package kr.dolbom.caseworker.secrecy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file that holds the keys: a JSON object of two keysets as Tink writes them, `texts` and `phones`. Only its owner
/// may read it.
final class KeysetFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeysetFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    KeysetFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /// By what another content is known. The time alone does not tell: a file may be replaced twice within the
    /// resolution of its file system's clock.
    ///
    /// @param changed when it was written
    /// @param size in bytes
    /// @param key which file it is; each replacement is another one. Null where the file system does not tell
    record Version(FileTime changed, long size, @Nullable Object key) {}

    /// Which content is there now.
    Version version() throws IOException {
        BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
        return new Version(is.lastModifiedTime(), is.size(), is.fileKey());
    }

    /// The keys in it.
    ///
    /// @throws KeysetException when it is not there, may be read by others, or holds no keys
    Keyset read() {
        if (!Files.exists(path)) {
            throw new KeysetException(
                    "The key file %s (DOLBOM_KEYSET) is not there. Restore it from its backup. Where nothing has ever been stored by it, make one: ./dolbom keyset new %s"
                            .formatted(path, path));
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (!OWNER.containsAll(permissions)) {
                throw new KeysetException("The key file %s may be read by others (%s), expected rw-------: chmod 600 %s"
                        .formatted(path, PosixFilePermissions.toString(permissions), path));
            }
            JsonNode file = JSON.readTree(Files.readString(path));
            return Keyset.parse(
                    file.path("texts").toString(), file.path("phones").toString());
        } catch (IOException | GeneralSecurityException e) {
            throw new KeysetException(
                    "The key file %s (DOLBOM_KEYSET) cannot be read: %s. Restore it from its backup; never make a new one in its place: what is stored could not be read by it."
                            .formatted(path, e.getMessage()));
        }
    }

    /// Makes the file with new keys; never over one that is there.
    ///
    /// @throws KeysetException when it is there already or cannot be written
    Keyset create() {
        Keyset keys = Keyset.generate();
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Path draft = draft(keys);
            try {
                // Unlike a move this never takes the place of a file, and it leaves none that is empty.
                Files.createLink(path, draft);
            } catch (FileAlreadyExistsException e) {
                throw e;
            } catch (FileSystemException | UnsupportedOperationException e) {
                // Not every file system knows links.
                Files.move(draft, path);
            } finally {
                Files.deleteIfExists(draft);
            }
            forceFolder();
        } catch (FileAlreadyExistsException e) {
            throw new KeysetException(
                    "%s is there already and stays as it is: without its keys nothing that was stored by them can be read. Choose another file, or give it a new key beside the old ones: ./dolbom keyset rotate %s"
                            .formatted(path, path));
        } catch (IOException e) {
            throw new KeysetException("%s cannot be written: %s".formatted(path, e.getMessage()));
        }
        return keys;
    }

    /// Puts other keys in its place, whole or not at all.
    ///
    /// @throws KeysetException when it cannot be written
    void replace(Keyset keys) {
        try {
            write(keys);
        } catch (IOException e) {
            throw new KeysetException("%s cannot be written and stays as it is: %s".formatted(path, e.getMessage()));
        }
    }

    private void write(Keyset keys) throws IOException {
        Path draft = draft(keys);
        try {
            keepOwner(draft);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        forceFolder();
    }

    /// A file beside it that holds the keys, on the disk.
    private Path draft(Keyset keys) throws IOException {
        ObjectNode file = JSON.createObjectNode();
        file.set("texts", JSON.readTree(keys.textKeys()));
        file.set("phones", JSON.readTree(keys.phoneKeys()));
        byte[] content = (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Path draft = Files.createTempFile(
                path.getParent(), path.getFileName().toString(), ".draft", PosixFilePermissions.asFileAttribute(OWNER));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        return draft;
    }

    /// Whoever runs the program goes on reading the file when somebody else, as root, has changed it.
    private void keepOwner(Path draft) {
        try {
            Files.setOwner(draft, Files.getOwner(path));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("The key file belongs to whoever changed it now file={} reason=\"{}\"", path, e.getMessage());
        }
    }

    /// Only then the file's name is on the disk as well.
    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}

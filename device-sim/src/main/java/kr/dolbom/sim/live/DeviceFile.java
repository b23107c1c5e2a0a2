package kr.dolbom.sim.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kr.dolbom.contract.identity.ClaimCode;
import kr.dolbom.contract.identity.DeviceSecret;
import kr.dolbom.contract.topic.DeviceId;
import kr.dolbom.sim.device.Secrets;
import kr.dolbom.sim.home.Profile;
import org.jspecify.annotations.Nullable;

/// Reads which devices to simulate: CSV with `device_id,secret` and, if wanted, `profile` and `seed` in
/// each line, or a JSON array of objects with `deviceId`, `secret`, `profile`, `seed`. A claim code may
/// stand where the secret does.
final class DeviceFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeviceFile() {}

    /// One device.
    record Entry(DeviceId id, Secrets secrets, Profile profile, long seed) {}

    /// A file that cannot be used, with the line or element and the way out in its message.
    static final class BadDeviceFileException extends Exception {
        private static final long serialVersionUID = 1L;

        BadDeviceFileException(String message) {
            super(message);
        }
    }

    static List<Entry> read(Path file) throws BadDeviceFileException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadDeviceFileException("there is no file " + file);
        } catch (IOException e) {
            throw new BadDeviceFileException("%s cannot be read as UTF-8 text: %s".formatted(file, e.getMessage()));
        }
        List<Entry> entries = text.stripLeading().startsWith("[") ? readJson(file, text) : readCsv(file, text);
        if (entries.isEmpty()) {
            throw new BadDeviceFileException(
                    "%s names no device; expected lines as device-1,SECRET or a JSON array".formatted(file));
        }
        Set<DeviceId> ids = new HashSet<>();
        for (Entry entry : entries) {
            if (!ids.add(entry.id())) {
                throw new BadDeviceFileException(
                        "%s names device %s twice; a broker lets each connect once".formatted(file, entry.id()));
            }
        }
        return entries;
    }

    private static List<Entry> readCsv(Path file, String text) throws BadDeviceFileException {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("device_id,")) {
                continue;
            }
            String where = "%s line %d".formatted(file, i + 1);
            String[] cells = line.split(",", -1);
            if (cells.length < 2 || cells.length > 4) {
                throw new BadDeviceFileException(
                        "%s has %d columns; expected device_id,secret[,profile[,seed]]".formatted(where, cells.length));
            }
            entries.add(entry(
                    where,
                    entries.size(),
                    cells[0].strip(),
                    cells[1].strip(),
                    cells.length > 2 ? cells[2].strip() : "",
                    cells.length > 3 ? cells[3].strip() : ""));
        }
        return entries;
    }

    private static List<Entry> readJson(Path file, String text) throws BadDeviceFileException {
        JsonNode array;
        try {
            array = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new BadDeviceFileException("%s is no JSON: %s (line %d)"
                    .formatted(
                            file,
                            e.getOriginalMessage(),
                            e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode element : array) {
            entries.add(entry(
                    "%s element %d".formatted(file, entries.size() + 1),
                    entries.size(),
                    element.path("deviceId").asText(),
                    element.path("secret").asText(),
                    element.path("profile").asText(),
                    element.path("seed").asText()));
        }
        return entries;
    }

    private static Entry entry(String where, int index, String id, String secret, String profile, String seed)
            throws BadDeviceFileException {
        try {
            Profile named = findProfile(profile);
            if (!profile.isEmpty() && named == null) {
                throw new IllegalArgumentException("'%s' is no profile; there are %s".formatted(profile, names()));
            }
            Profile[] all = Profile.values();
            return new Entry(
                    new DeviceId(id),
                    secrets(secret),
                    named == null ? all[index % all.length] : named,
                    seed.isEmpty() ? index + 1L : Long.parseLong(seed));
        } catch (NumberFormatException e) {
            throw new BadDeviceFileException("%s: '%s' is no seed; expected a whole number".formatted(where, seed));
        } catch (IllegalArgumentException e) {
            throw new BadDeviceFileException(where + ": " + e.getMessage());
        }
    }

    /// What a device proves itself by.
    ///
    /// @param text a secret, or a claim code in any writing
    /// @throws IllegalArgumentException where it is neither; the message does not repeat it
    static Secrets secrets(String text) {
        return ClaimCode.find(text).map(Secrets::of).orElseGet(() -> Secrets.of(new DeviceSecret(text)));
    }

    /// The profile with a name as `early-bird`; null: there is none.
    static @Nullable Profile findProfile(String name) {
        for (Profile profile : Profile.values()) {
            if (name(profile).equals(name)) {
                return profile;
            }
        }
        return null;
    }

    static List<String> names() {
        return List.of(Profile.values()).stream().map(DeviceFile::name).toList();
    }

    private static String name(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

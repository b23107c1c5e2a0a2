package kr.dolbom.caseworker.secrecy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatCannotBeMadeLeavesNothingBehindAndTheNextTryWorks(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keyset.json");
        var keyset = new KeysetFile(file);
        keyset.create();
        assertThrows(KeysetException.class, keyset::create, "never over one that is there");
        assertEquals(List.of(file), listed(folder), "no draft is left");

        Path target = folder.resolve("in the way");
        Files.createDirectories(target.resolve("full"));
        var blocked = new KeysetFile(target);
        assertThrows(KeysetException.class, () -> blocked.replace(keyset.read()));
        assertThrows(KeysetException.class, blocked::create);
        assertEquals(List.of(target, file), listed(folder), "nor after a failure");

        keyset.replace(keyset.read().rotate());
        assertEquals(4, keyset.read().ids().size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void whatIsEncryptedIsReadAgainAndEqualNumbersAloneAreStoredEqually() throws UnreadableException {
        Secrecy secrecy = open("a");
        String name = secrecy.encrypt(SecretColumn.RESIDENT_NAME, "김영자");

        assertEquals("김영자", secrecy.decrypt(name, EnumSet.of(SecretColumn.RESIDENT_NAME)));
        assertNotEquals(name, secrecy.encrypt(SecretColumn.RESIDENT_NAME, "김영자"));
        assertEquals(
                secrecy.encrypt(SecretColumn.PHONE, "+821011110001"),
                secrecy.encrypt(SecretColumn.PHONE, "+821011110001"));
        assertEquals("plain", secrecy.decrypt("plain", EnumSet.of(SecretColumn.PHONE)));
        assertThrows(IllegalStateException.class, () -> SecretColumn.RESIDENT_NAME.anyOf("김영자"));
    }

    @Test
    void aValueThatWasMovedOrRelabelledIsRefused() {
        Secrecy secrecy = open("a");
        String address = secrecy.encrypt(SecretColumn.RESIDENT_ADDRESS, "대화로 12");
        String relabelled = address.replace("resident-address", "resident-name");

        assertThrows(UnreadableException.class, () -> secrecy.decrypt(address, EnumSet.of(SecretColumn.RESIDENT_NAME)));
        assertThrows(
                UnreadableException.class, () -> secrecy.decrypt(relabelled, EnumSet.of(SecretColumn.RESIDENT_NAME)));
        assertEquals(Secrecy.UNREADABLE, secrecy.read("name", relabelled, SecretColumn.RESIDENT_NAME));
        assertEquals(1, secrecy.unreadableCount());
    }

    @Test
    void afterARotationNewValuesHaveTheNewKeyAndOldOnesAreReadAndFound() throws UnreadableException, IOException {
        Secrecy before = open("a");
        String name = before.encrypt(SecretColumn.GUARDIAN_NAME, "피정숙");
        String phone = before.encrypt(SecretColumn.PHONE, "+821011110001");
        FileTime made = Files.getLastModifiedTime(folder.resolve("a"));
        assertEquals(0, run("rotate", file("a")));
        // The clock of a file system may not have gone on meanwhile.
        Files.setLastModifiedTime(folder.resolve("a"), made);
        Secrecy after = Secrecy.open(folder.resolve("a"));
        String renewed = after.encrypt(SecretColumn.PHONE, "+821011110001");

        assertEquals("피정숙", after.decrypt(name, EnumSet.of(SecretColumn.GUARDIAN_NAME)));
        assertNotEquals(phone, renewed);
        assertEquals(List.of("+821011110001", phone, renewed), after.forms(SecretColumn.PHONE.anyOf("+821011110001")));
        assertEquals(4, after.keyIds().size());
        // An instance that was started before the rotation reads the file again when it meets the new key.
        assertEquals("+821011110001", before.decrypt(renewed, EnumSet.of(SecretColumn.PHONE)));
    }

    @Test
    void anOldKeyCanBeLeftOutAndOneInUseCannot() {
        Secrecy before = open("a");
        String phone = before.encrypt(SecretColumn.PHONE, "+821011110001");
        String old = before.keyId(SecretColumn.PHONE);
        assertEquals(1, run("drop", old, file("a")), "in use");
        run("rotate", file("a"));
        assertEquals(0, run("drop", old, file("a")));

        UnreadableException e = assertThrows(
                UnreadableException.class,
                () -> Secrecy.open(folder.resolve("a")).decrypt(phone, EnumSet.of(SecretColumn.PHONE)));
        assertEquals("key " + old + " is missing", e.getMessage());
    }

    @Test
    void theFileIsItsOwnersAloneAndIsNeverOverwritten() throws IOException {
        assertEquals(0, run("new", file("a")));
        String keys = Files.readString(folder.resolve("a"));

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))));
        assertEquals(1, run("new", file("a")));
        assertEquals(keys, Files.readString(folder.resolve("a")));
        Files.setPosixFilePermissions(folder.resolve("a"), PosixFilePermissions.fromString("rw-r--r--"));
        KeysetException e = assertThrows(KeysetException.class, () -> Secrecy.open(folder.resolve("a")));
        assertTrue(String.valueOf(e.getMessage()).contains("chmod 600"), e.getMessage());
    }

    @Test
    void aFileThatIsNotThereOrHoldsNoKeysIsToldWithTheWayOut() throws IOException {
        KeysetException missing = assertThrows(KeysetException.class, () -> Secrecy.open(folder.resolve("none")));
        assertTrue(String.valueOf(missing.getMessage()).contains("Restore it from its backup"));
        Path spoilt = Files.createFile(
                folder.resolve("spoilt"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(spoilt, "{\"texts\": 1}");
        KeysetException unread = assertThrows(KeysetException.class, () -> Secrecy.open(spoilt));
        assertTrue(String.valueOf(unread.getMessage()).contains("never make a new one"));
    }

    @Test
    void whatIsLoggedAndShownOfKeysAndValuesHoldsNeither() {
        var out = new ByteArrayOutputStream();
        run("new", file("a"));
        assertEquals(
                0,
                KeysetCommand.run(new String[] {"show", file("a")}, stream(out), stream(new ByteArrayOutputStream())));

        assertTrue(
                out.toString(StandardCharsets.UTF_8).matches("([0-9a-f]{8}\\R){2}"),
                out.toString(StandardCharsets.UTF_8));
        assertFalse(String.valueOf(SecretColumn.PHONE.of("+821011110001")).contains("8210"));
        assertEquals("refused +… as invalid", HiddenNumbers.in("refused +821011110001 as invalid"));
        assertEquals(0, run("--help"));
        assertEquals(2, run("nonsense"));
    }

    @Test
    void readingAThousandResidentsCostsThis() {
        Secrecy secrecy = open("a");
        List<String> stored = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            stored.add(secrecy.encrypt(SecretColumn.RESIDENT_NAME, "김영자" + i));
            stored.add(secrecy.encrypt(SecretColumn.RESIDENT_ADDRESS, "고양시 일산서구 대화로 12, 301호 " + i));
            stored.add(secrecy.encrypt(SecretColumn.PHONE, "+8210%08d".formatted(i)));
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < stored.size(); i += 3) {
                secrecy.read("name", stored.get(i), SecretColumn.RESIDENT_NAME);
                secrecy.read("address", stored.get(i + 1), SecretColumn.RESIDENT_ADDRESS);
                secrecy.read("phone", stored.get(i + 2), SecretColumn.PHONE);
            }
            best = Math.min(best, System.nanoTime() - began);
        }
        System.out.printf(
                "secrecy: name, address and phone of 1000 residents are decrypted in %.1f ms (best of 20)%n",
                best / 1e6);
        assertEquals(0, secrecy.unreadableCount());
    }

    private Secrecy open(String name) {
        run("new", file(name));
        return Secrecy.open(folder.resolve(name));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static int run(String... arguments) {
        return KeysetCommand.run(arguments, stream(new ByteArrayOutputStream()), stream(new ByteArrayOutputStream()));
    }

    private static PrintStream stream(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}

package kr.dolbom.sim.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real programs in real processes.
class LauncherTest {
    @TempDir
    Path folder;

    private RunFolder run;
    private Launcher launcher;

    @BeforeEach
    void open() {
        run = new RunFolder(folder.resolve("run"));
        launcher = new Launcher(run);
    }

    @Test
    void aProgramIsStartedFoundAgainAndEnded() throws Exception {
        Path ready = folder.resolve("ready");
        Files.writeString(ready, "left over from an earlier run");
        Program program = program(
                jarOf(WaitingProgram.class), List.of(ready.toString()), new Program.Readiness.File(ready), List.of());

        launcher.start(program);

        assertEquals("here I am", Files.readString(ready));
        ProcessHandle process =
                new RunFolder(folder.resolve("run")).find("waiting").orElseThrow();
        assertTrue(process.isAlive());
        assertTrue(launcher.stop("waiting"));
        assertFalse(process.isAlive());
        assertFalse(launcher.stop("waiting"), "there is nothing left to end");
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatMovesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program program = program(
                    folder.resolve("none.jar"),
                    List.of(),
                    new Program.Readiness.File(folder.resolve("ready")),
                    List.of(new Program.Port(taken.getLocalPort(), "DOLBOM_API_PORT")));

            StackException refused = assertThrows(StackException.class, () -> launcher.start(program));

            assertTrue(refused.toString().contains("Port " + taken.getLocalPort() + ", which waiting needs"));
            assertTrue(refused.toString().contains("DOLBOM_API_PORT=NUMBER"));
        }
    }

    @Test
    void aProgramThatEndsAtOnceIsToldWithTheEndOfItsLog() {
        Program program = program(
                folder.resolve("none.jar"),
                List.of(),
                new Program.Readiness.Health(URI.create("http://127.0.0.1:1/health")),
                List.of());

        StackException failed = assertThrows(StackException.class, () -> launcher.start(program));

        assertTrue(failed.toString().contains("waiting ended with exit code 1"), failed.toString());
        assertTrue(failed.toString().contains("none.jar"), failed.toString());
    }

    @Test
    void aProcessIdThatBelongsToAnotherProcessByNowIsNotOurs() throws IOException {
        Files.writeString(
                run.path().resolve("broker.pid"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");

        assertEquals(Optional.empty(), run.find("broker"));
        assertFalse(launcher.stop("broker"), "this very process would have been ended");
    }

    @Test
    void aBrokenProcessFileIsNamed() throws IOException {
        Files.writeString(run.path().resolve("broker.pid"), "nonsense");

        StackException broken = assertThrows(StackException.class, () -> run.find("broker"));

        assertTrue(broken.toString().contains("broker.pid"));
    }

    @Test
    void aSecretIsMadeOnceAndReadByItsOwnerAlone() throws IOException {
        String secret = run.secret("operator-password");

        assertEquals(secret, new RunFolder(folder.resolve("run")).secret("operator-password"));
        assertEquals(32, secret.length());
        assertEquals(
                "[OWNER_READ, OWNER_WRITE]",
                Files.getPosixFilePermissions(run.path().resolve("secrets.properties")).stream()
                        .sorted()
                        .toList()
                        .toString());
    }

    private static Program program(
            Path jar, List<String> arguments, Program.Readiness readiness, List<Program.Port> ports) {
        return new Program("waiting", jar, List.of("-Xmx32m"), arguments, Map.of(), ports, readiness);
    }

    private Path jarOf(Class<?> main) throws IOException {
        Path jar = folder.resolve("program.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String entry = main.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var in = main.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(in.readAllBytes());
        }
        return jar;
    }
}

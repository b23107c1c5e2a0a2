package kr.dolbom.sim.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `run/`: logs, process files and generated secrets of this checkout.
///
/// A process file holds the process id and the moment at which that process started, so that an id that the system gave
/// to somebody else meanwhile is never mistaken for ours.
final class RunFolder {
    private final Path folder;

    /// Makes the folder when it is missing.
    RunFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StackException("Cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    Path path() {
        return folder;
    }

    Path log(String program) {
        return folder.resolve(program + ".log");
    }

    void remember(Program program, ProcessHandle process) {
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        String readiness = switch (program.readiness()) {
            case Program.Readiness.Health(URI address) -> address.toString();
            case Program.Readiness.File(Path path) -> path.toUri().toString();
        };
        write(folder.resolve(program.name() + ".pid"), process.pid() + " " + started + " " + readiness + "\n");
    }

    /// How it is known whether a program that [runs][#find(String)] does its work: as it was when it was started.
    Program.Readiness readiness(String program) {
        URI address = URI.create(read(program)[2]);
        return "file".equals(address.getScheme())
                ? new Program.Readiness.File(Path.of(address))
                : new Program.Readiness.Health(address);
    }

    void forget(String program) {
        try {
            Files.deleteIfExists(folder.resolve(program + ".pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The running process of a program that this checkout started.
    Optional<ProcessHandle> find(String program) {
        Path file = folder.resolve(program + ".pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] words = read(program);
            Instant started = Instant.parse(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            process.info().startInstant().orElse(Instant.EPOCH).equals(started));
        } catch (RuntimeException e) {
            throw new StackException(
                    "Cannot read " + file + " (" + e.getMessage() + "); remove it, and end the program " + program
                            + " yourself if it runs",
                    e);
        }
    }

    private String[] read(String program) {
        try {
            return Files.readString(folder.resolve(program + ".pid")).strip().split(" ", 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lastLines(String program, int count) {
        Path log = log(program);
        if (!Files.exists(log)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return all.subList(Math.max(0, all.size() - count), all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A secret that is generated once and kept in a file that only its owner reads.
    String secret(String name) {
        return Secrets.get(folder.resolve("secrets.properties"), name);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new StackException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}

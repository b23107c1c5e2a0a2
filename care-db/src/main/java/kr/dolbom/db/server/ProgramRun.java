package kr.dolbom.db.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// A finished run of another program.
///
/// @param exit   its exit code
/// @param errors the last lines that it wrote to standard error
record ProgramRun(int exit, List<String> errors) {
    private static final int KEPT_LINES = 20;

    /// Runs a program to its end.
    ///
    /// @param folder   where it runs; must be open to the user it runs as
    /// @param onOutput gets each line of its standard output as it comes
    /// @throws DatabaseServerException when there is no such program
    static ProgramRun run(Path folder, Consumer<String> onOutput, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).directory(folder.toFile()).start();
            process.getOutputStream().close();
            Deque<String> errors = new ArrayDeque<>();
            Thread errorReader = Thread.ofVirtual().start(() -> readErrors(process, errors));
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(onOutput);
            }
            int exit = process.waitFor();
            errorReader.join();
            return new ProgramRun(exit, List.copyOf(errors));
        } catch (IOException e) {
            throw new DatabaseServerException("The program " + command.getFirst() + " could not be run: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseServerException("Interrupted while " + command.getFirst() + " ran", e);
        }
    }

    boolean failed() {
        return exit != 0;
    }

    /// The errors as one line, for a message.
    String complaint() {
        return errors.isEmpty() ? "exit code " + exit : String.join("; ", errors);
    }

    private static void readErrors(Process process, Deque<String> errors) {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (errors.size() == KEPT_LINES) {
                    errors.removeFirst();
                }
                errors.addLast(line.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

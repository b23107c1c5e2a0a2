package kr.dolbom.caseworker.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would become of a file, row by row.
///
/// @param kind what it is about
/// @param rows how many it has
/// @param steps what would be done, in the file's order; one for each row that is as expected
/// @param bad rows that are not as expected, or what is wrong with the whole file (line 0)
public record Plan(Kind kind, int rows, List<Step> steps, List<BadRow> bad) {
    /// Keeps its own copies.
    public Plan {
        steps = List.copyOf(steps);
        bad = List.copyOf(bad);
    }

    /// What a row does.
    public enum Action {
        /// Somebody or something new.
        ADD,
        /// Somebody known, of whom something is otherwise.
        CHANGE,
        /// All is as it is.
        SAME
    }

    /// One field that would be otherwise.
    ///
    /// @param field its name
    /// @param before what stands
    /// @param after what would
    public record Difference(String field, String before, String after) {}

    /// What a row would do.
    ///
    /// @param line its number as a spreadsheet shows it
    /// @param action what it does
    /// @param who whom it is about, for people
    /// @param differences of a change
    /// @param mark what it was worked out from; another mark is another plan
    /// @param residentNo whose data of the registry the preview shows; null: nobody's
    /// @param work does it, and gives the number of the resident whom it concerns; null: none
    public record Step(
            int line,
            Action action,
            String who,
            List<Difference> differences,
            String mark,
            @Nullable Integer residentNo,
            Work work) {}

    /// Does what a row says.
    @FunctionalInterface
    public interface Work {
        /// In the caller's transaction.
        @Nullable Integer run(Connection connection);
    }

    /// Something wrong in a row.
    ///
    /// @param line its number as a spreadsheet shows it; 0: the file as a whole
    /// @param fault what is wrong
    public record BadRow(int line, Fault fault) {}

    /// How many rows do this.
    public int count(Action action) {
        return (int) steps.stream().filter(step -> step.action() == action).count();
    }

    /// Whether it may be confirmed.
    public boolean isGood() {
        return bad.isEmpty() && steps.stream().anyMatch(step -> step.action() != Action.SAME);
    }

    /// Is the same for the same file and the same state of the registry.
    byte[] hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Step step : steps) {
                digest.update("%d %s %s\n"
                        .formatted(step.line(), step.action(), step.mark())
                        .getBytes(StandardCharsets.UTF_8));
            }
            bad.forEach(row -> digest.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

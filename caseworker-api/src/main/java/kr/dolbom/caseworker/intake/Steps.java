package kr.dolbom.caseworker.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gathers a plan row by row, and finds what stands in a file twice. For use by one thread.
final class Steps {
    private final List<Plan.Step> steps = new ArrayList<>();
    private final List<Plan.BadRow> bad = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /// Notes a value of which there may be one in a file.
    ///
    /// @param what of which kind, so that different values do not meet
    void once(Sheet.Row row, Reading reading, String field, String what, String value) {
        Integer first = lines.putIfAbsent(what + ' ' + value, row.line());
        if (first != null) {
            reading.fault(field, what + "-once", first.toString());
        }
    }

    /// Adds what a row does, unless something of it is not as expected.
    void add(Sheet.Row row, Reading reading, Supplier<Plan.Step> step) {
        if (reading.faults().isEmpty()) {
            steps.add(step.get());
        } else {
            reading.faults().forEach(fault -> bad.add(new Plan.BadRow(row.line(), fault)));
        }
    }

    Plan plan(Kind kind, int rows) {
        return new Plan(kind, rows, steps, bad);
    }

    /// A change, or none where nothing is otherwise.
    static Plan.Action change(List<Plan.Difference> differences) {
        return differences.isEmpty() ? Plan.Action.SAME : Plan.Action.CHANGE;
    }

    /// What is otherwise.
    static void differ(
            List<Plan.Difference> differences, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            differences.add(new Plan.Difference(field, text(before), text(after)));
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}

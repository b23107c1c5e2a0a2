package kr.dolbom.caseworker.task;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import kr.dolbom.caseworker.words.Words;

/// What stands on the page of tasks.
///
/// @param words in which language
/// @param canTake whether whoever looks is a caseworker
/// @param rows one for each task, oldest first
public record TaskPage(Words words, boolean canTake, List<Row> rows) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    /// Keeps its own copy.
    public TaskPage {
        rows = List.copyOf(rows);
    }

    /// One task in words.
    ///
    /// @param id the public id
    /// @param kind what is to be done
    /// @param who for whom
    /// @param words what they said; empty: not known
    /// @param since where it comes from and when
    /// @param phone the resident's number; empty for none
    /// @param takenBy who sees to it, as a sentence; empty: nobody yet
    public record Row(String id, String kind, String who, String words, String since, String phone, String takenBy) {}

    static TaskPage of(Words words, boolean canTake, List<Task> tasks, Clock clock) {
        return new TaskPage(
                words,
                canTake,
                tasks.stream().map(task -> row(words, task, clock)).toList());
    }

    private static Row row(Words words, Task task, Clock clock) {
        String said = task.words();
        String phone = task.phone();
        String owner = task.takenBy();
        return new Row(
                task.taskId().toString(),
                words.text("tasks.kind." + task.kind().word()),
                task.residentName() + " · " + task.neighbourhood(),
                said == null ? "" : said,
                words.text("tasks.source." + task.source()) + " · " + time(task.askedAt(), clock),
                phone == null ? "" : phone,
                owner == null ? "" : words.text("tasks.taken", owner));
    }

    private static String time(Instant moment, Clock clock) {
        return TIME.format(moment.atZone(clock.getZone()));
    }
}

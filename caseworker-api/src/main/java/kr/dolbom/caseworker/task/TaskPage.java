package kr.dolbom.caseworker.task;

import java.util.List;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// What stands on the page of tasks.
///
/// @param frame what is around it
/// @param canTake whether whoever looks is a caseworker
/// @param rows one for each task, oldest first
public record TaskPage(Frame frame, boolean canTake, List<Row> rows) {
    /// Keeps its own copy.
    public TaskPage {
        rows = List.copyOf(rows);
    }

    /// In which language.
    public Words words() {
        return frame.words();
    }

    /// One task in words.
    ///
    /// @param id the public id
    /// @param kind what is to be done
    /// @param who for whom
    /// @param words what they said; empty: not known
    /// @param since where it comes from and when
    /// @param phone the resident's number, E.164; empty for none
    /// @param phoneText that number for people
    /// @param takenBy who sees to it, as a sentence; empty: nobody yet
    public record Row(
            String id,
            String kind,
            String who,
            String words,
            String since,
            String phone,
            String phoneText,
            String takenBy) {}

    static TaskPage of(Frame frame, boolean canTake, List<Task> tasks) {
        return new TaskPage(
                frame, canTake, tasks.stream().map(task -> row(frame, task)).toList());
    }

    private static Row row(Frame frame, Task task) {
        Words words = frame.words();
        String said = task.words();
        String phone = task.phone();
        String owner = task.takenBy();
        return new Row(
                task.taskId().toString(),
                words.text("tasks.kind." + task.kind().word()),
                task.residentName() + " · " + task.neighbourhood(),
                said == null ? "" : said,
                words.text("tasks.source." + task.source()) + " · "
                        + frame.phrasing().dateTime(task.askedAt()),
                phone == null ? "" : phone,
                phone == null ? "" : Phrasing.phone(phone),
                owner == null ? "" : words.text("tasks.taken", owner));
    }
}

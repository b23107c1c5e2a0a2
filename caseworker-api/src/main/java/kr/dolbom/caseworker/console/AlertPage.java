package kr.dolbom.caseworker.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert's own page.
///
/// @param frame what is around it
/// @param row what the list shows of it
/// @param address where to go
/// @param phone the resident's number to call, E.164; null for none
/// @param phoneText that number for people
/// @param owner who has it; empty for nobody
/// @param outcome how it ended, in words; empty while it is open
/// @param note what was noted then; empty for nothing
/// @param notice what came of the viewer's last action; empty for nothing
/// @param robot what the robot was told to do and what became of it, oldest first
/// @param entries the timeline, newest first
public record AlertPage(
        Frame frame,
        QueuePage.Row row,
        String address,
        @Nullable String phone,
        String phoneText,
        String owner,
        String outcome,
        String note,
        String notice,
        List<String> robot,
        List<Entry> entries) {

    /// One line of the timeline.
    ///
    /// @param when at what time
    /// @param text what happened
    public record Entry(QueuePage.When when, String text) {}

    /// Whether the alert can still be closed.
    public boolean isOpen() {
        return outcome.isEmpty();
    }
}

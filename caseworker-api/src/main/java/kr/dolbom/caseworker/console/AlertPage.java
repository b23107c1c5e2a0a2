package kr.dolbom.caseworker.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.dolbom.caseworker.alert.Outcome;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.words.When;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// An alert's own page.
///
/// @param frame what is around it
/// @param version another one whenever the alert has changed
/// @param row what the list shows of it
/// @param residentId the resident's public id
/// @param address where to go
/// @param phone the resident's number to call, E.164; null for none
/// @param phoneText that number for people
/// @param owner who has it; empty for nobody
/// @param ownerPhone their number; null for nobody, or for none
/// @param mine whether the viewer has it
/// @param acts whether the viewer is somebody who takes alerts
/// @param outcome how it ended, in words; empty while it is open
/// @param note what was noted then; empty for nothing
/// @param notice what came of the viewer's last action; empty for nothing
/// @param kept a note that came when the alert was over already, and so was not saved; empty for none
/// @param risk the highest risk score since the alert, 0 to 100; null: the home was not watched
/// @param raised day and time of the alert
/// @param emergencyCalled when 119 was called; empty for not
/// @param snoozed until when there is no question; empty for none
/// @param robot what the robot was told to do and what became of it, oldest first
/// @param evidence what the engine saw
/// @param colleagues whom it can be handed over to; empty where the viewer does not have it
/// @param ledger what proves whom it reached
/// @param entries the timeline, newest first; earlier attempts that were repeated are one line
/// @param digest the same in few lines, oldest first
public record AlertPage(
        Frame frame,
        String version,
        QueuePage.Row row,
        String residentId,
        String address,
        @Nullable String phone,
        String phoneText,
        String owner,
        @Nullable Phone ownerPhone,
        boolean mine,
        boolean acts,
        String outcome,
        String note,
        String notice,
        String kept,
        @Nullable Integer risk,
        String raised,
        String emergencyCalled,
        String snoozed,
        List<String> robot,
        Evidence evidence,
        List<Colleague> colleagues,
        LedgerState ledger,
        List<Entry> entries,
        List<Entry> digest) {
    private static final int FIRST_ON_SHEET = 5;
    private static final int LAST_ON_SHEET = 8;

    /// One line of the timeline.
    ///
    /// @param when at what time; of several when the first of them was
    /// @param text what happened
    /// @param events how many entries of the timeline it stands for
    public record Entry(When when, String text, int events) {}

    /// A number to call.
    ///
    /// @param number E.164
    /// @param text for people
    public record Phone(String number, String text) {}

    /// Somebody of the same office.
    ///
    /// @param id the public id
    /// @param name without a title
    public record Colleague(String id, String name) {}

    /// What the engine saw.
    ///
    /// @param hours the last days hour by hour; null where nothing is known of them
    /// @param pairs what is now beside what is usual
    /// @param facts further facts
    public record Evidence(@Nullable HourChart hours, List<Pair> pairs, List<Fact> facts) {}

    /// Something of now beside the same as it usually is.
    ///
    /// @param label what
    /// @param now in words
    /// @param usual in words
    /// @param nowWidth how long its bar is, of 100
    /// @param usualWidth how long that one is
    public record Pair(String label, String now, String usual, int nowWidth, int usualWidth) {}

    /// One fact.
    ///
    /// @param label what
    /// @param value in words
    public record Fact(String label, String value) {}

    /// Whether the ledger is as it was written.
    ///
    /// @param verifies whether it is
    /// @param text that in words
    public record LedgerState(boolean verifies, String text) {}

    /// The part of the timeline that is of one day.
    ///
    /// @param title the day; empty where all of it is of today
    /// @param entries newest first
    public record Day(String title, List<Entry> entries) {}

    /// The timeline by days, the latest first.
    public List<Day> days() {
        Map<String, List<Entry>> days = new LinkedHashMap<>();
        entries.forEach(entry -> days.computeIfAbsent(
                        frame.phrasing().date(Instant.parse(entry.when().iso())), day -> new ArrayList<>())
                .add(entry));
        String today = frame.phrasing().date(frame.phrasing().clock().instant());
        boolean isToday = days.keySet().equals(Set.of(today));
        return days.entrySet().stream()
                .map(day -> new Day(isToday ? "" : day.getKey(), List.copyOf(day.getValue())))
                .toList();
    }

    /// How it stands and who has it, for those who listen: told whenever it is something else.
    public String told() {
        Words words = frame.words();
        if (!isOpen()) {
            return words.text("alert.closed", outcome);
        }
        String having = owner.isEmpty() ? words.text("alert.nobody") : words.text("alert.owner-now", owner);
        String told = mine ? words.text("alert.mine") : having;
        QueuePage.Call call = row.call();
        return call == null ? told : told + " " + call.text() + ".";
    }

    /// How the story begins, as far as a sheet of paper has room: all of it where it has.
    public List<Entry> beginning() {
        return hasGap() ? digest.subList(0, FIRST_ON_SHEET) : digest;
    }

    /// How it ends; empty where [#beginning()] is all of it.
    public List<Entry> end() {
        return hasGap() ? digest.subList(digest.size() - LAST_ON_SHEET, digest.size()) : List.of();
    }

    /// How many entries of the timeline are between them.
    public int leftOut() {
        return hasGap()
                ? digest.subList(FIRST_ON_SHEET, digest.size() - LAST_ON_SHEET).stream()
                        .mapToInt(Entry::events)
                        .sum()
                : 0;
    }

    private boolean hasGap() {
        return digest.size() > FIRST_ON_SHEET + LAST_ON_SHEET + 1;
    }

    /// Whether the alert can still be closed.
    public boolean isOpen() {
        return outcome.isEmpty();
    }

    /// The ways in which somebody can close it.
    public List<Outcome> outcomes() {
        return List.of(Outcome.values()).stream()
                .filter(value -> value != Outcome.RETRACTED)
                .toList();
    }
}

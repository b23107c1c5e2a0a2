package kr.dolbom.caseworker.daybook;

import static kr.dolbom.caseworker.daybook.ResidentDay.BIN_MINUTES;
import static kr.dolbom.caseworker.daybook.ResidentDay.HOURS;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import kr.dolbom.contract.telemetry.Activity;
import kr.dolbom.contract.telemetry.CheckInAnswer;
import kr.dolbom.contract.telemetry.Emergency;
import kr.dolbom.contract.telemetry.Inactivity;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.PresenceReport;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Status;
import kr.dolbom.contract.telemetry.Telemetry;
import kr.dolbom.contract.telemetry.Voice;
import org.jspecify.annotations.Nullable;

/// Counts messages into days. A message shows the resident where the risk engine takes it for a sign of them, too. For
/// use by one thread.
final class DayTally {
    private final TreeMap<Key, Counts> days = new TreeMap<>();

    /// Whose day.
    private record Key(int residentNo, LocalDate day) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byResident = Integer.compare(residentNo, other.residentNo);
            return byResident == 0 ? day.compareTo(other.day) : byResident;
        }
    }

    /// A resident's day as far as it was counted here.
    record Counted(int residentNo, ResidentDay day) {}

    /// Counts a message.
    ///
    /// @param at when it happened
    /// @param zone whose days
    void add(int residentNo, Instant at, ZoneId zone, Telemetry data) {
        switch (data) {
            case Activity activity -> {
                for (Activity.Count count : activity.counts()) {
                    Long before = count.lastSecondsBefore();
                    see(residentNo, before == null ? at : at.minusSeconds(before), zone, count.room());
                }
            }
            case Voice voice -> {
                if (voice.turns() > 0) {
                    Counts counts = see(residentNo, at, zone, null);
                    counts.talks++;
                    counts.turns += Math.toIntExact(voice.turns());
                    counts.talkSeconds += Math.toIntExact(voice.talkSeconds());
                }
            }
            case Medication medication -> {
                if (medication.outcome() == Medication.Outcome.TAKEN) {
                    see(residentNo, at, zone, null).taken++;
                } else {
                    counts(residentNo, at.atZone(zone)).missed++;
                }
            }
            case CheckInAnswer answer -> {
                if (answer.answer() != CheckInAnswer.Answer.NO_ANSWER) {
                    see(residentNo, at, zone, null);
                }
            }
            case Emergency emergency -> {
                switch (emergency.trigger()) {
                    case SOS_VOICE, SOS_BUTTON, FALL -> see(residentNo, at, zone, emergency.room());
                    case SMOKE, GAS -> {}
                }
            }
            case PresenceReport report -> {
                if (report.state() == PresenceReport.State.RETURNED) {
                    see(residentNo, at, zone, null);
                }
            }
            // The device alone; but a day of which something was heard is a day.
            case Inactivity _, Status _ -> counts(residentNo, at.atZone(zone));
        }
    }

    /// All that was counted, by resident and day.
    Collection<Counted> list() {
        return days.entrySet().stream()
                .map(entry -> new Counted(
                        entry.getKey().residentNo(),
                        entry.getValue().day(entry.getKey().day())))
                .toList();
    }

    private Counts see(int residentNo, Instant at, ZoneId zone, @Nullable Room room) {
        ZonedDateTime local = at.atZone(zone);
        Counts counts = counts(residentNo, local);
        int bit = 1 << (local.getMinute() / BIN_MINUTES);
        counts.seen[local.getHour()] |= bit;
        if (room == Room.BATHROOM) {
            counts.bathroom[local.getHour()] |= bit;
        }
        return counts;
    }

    private Counts counts(int residentNo, ZonedDateTime local) {
        return days.computeIfAbsent(new Key(residentNo, local.toLocalDate()), _ -> new Counts());
    }

    private static final class Counts {
        private final int[] seen = new int[HOURS];
        private final int[] bathroom = new int[HOURS];
        private int talks;
        private int turns;
        private int talkSeconds;
        private int taken;
        private int missed;

        ResidentDay day(LocalDate day) {
            return new ResidentDay(day, list(seen), list(bathroom), talks, turns, talkSeconds, taken, missed);
        }

        private static List<Integer> list(int[] masks) {
            return Arrays.stream(masks).boxed().toList();
        }
    }
}

package kr.dolbom.sim.home;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static kr.dolbom.contract.telemetry.Medication.Slot.BEDTIME;
import static kr.dolbom.contract.telemetry.Medication.Slot.EVENING;
import static kr.dolbom.contract.telemetry.Medication.Slot.MORNING;
import static kr.dolbom.contract.telemetry.Medication.Slot.NOON;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rhythms with a name. The figures are chosen, not measured: plausible for people over seventy who live alone.
public enum Profile {
    /// Up at about 06:40, in bed at about 22:00, the market twice a week.
    ORDINARY {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(6, 40),
                    Duration.ofMinutes(20),
                    LocalTime.of(22, 0),
                    Duration.ofMinutes(25),
                    1.4,
                    1.0,
                    0.3,
                    List.of(MARKET, CHURCH),
                    0.5,
                    3,
                    Map.of(MORNING, 0.95, EVENING, 0.92));
        }
    },
    /// Up before five, in bed before nine.
    EARLY_BIRD {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(4, 40),
                    Duration.ofMinutes(15),
                    LocalTime.of(20, 45),
                    Duration.ofMinutes(20),
                    1.2,
                    1.1,
                    0.5,
                    List.of(WALK, MARKET),
                    0.6,
                    3,
                    Map.of(MORNING, 0.97));
        }
    },
    /// In bed after midnight, up after eight.
    NIGHT_OWL {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(8, 30),
                    Duration.ofMinutes(35),
                    LocalTime.of(0, 50),
                    Duration.ofMinutes(35),
                    1.0,
                    1.0,
                    0.4,
                    List.of(MARKET),
                    0.4,
                    4,
                    Map.of(MORNING, 0.85, BEDTIME, 0.9));
        }
    },
    /// Out nearly every day, at the senior centre and elsewhere.
    OUTGOING {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(6, 20),
                    Duration.ofMinutes(25),
                    LocalTime.of(22, 20),
                    Duration.ofMinutes(30),
                    1.1,
                    1.2,
                    0.1,
                    List.of(SENIOR_CENTRE, WALK, CHURCH),
                    0.8,
                    2.5,
                    Map.of(MORNING, 0.93, EVENING, 0.9));
        }
    },
    /// Moves little, rests much, goes out once a week, is up often at night.
    FRAIL {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(7, 20),
                    Duration.ofMinutes(30),
                    LocalTime.of(21, 10),
                    Duration.ofMinutes(30),
                    2.6,
                    0.45,
                    0.85,
                    List.of(CLINIC),
                    0.7,
                    3,
                    Map.of(MORNING, 0.93, NOON, 0.88, EVENING, 0.92, BEDTIME, 0.9));
        }
    },
    /// Talks with the robot many times a day.
    TALKATIVE {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(6, 50),
                    Duration.ofMinutes(25),
                    LocalTime.of(22, 15),
                    Duration.ofMinutes(25),
                    1.5,
                    0.95,
                    0.35,
                    List.of(MARKET),
                    0.9,
                    9,
                    Map.of(MORNING, 0.97, EVENING, 0.96));
        }
    },
    /// Hardly speaks, rarely tells where they go.
    QUIET {
        @Override
        public Rhythm rhythm() {
            return new Rhythm(
                    LocalTime.of(6, 10),
                    Duration.ofMinutes(20),
                    LocalTime.of(21, 40),
                    Duration.ofMinutes(20),
                    1.7,
                    0.8,
                    0.4,
                    List.of(WALK, MARKET),
                    0.1,
                    0.6,
                    Map.of(MORNING, 0.9));
        }
    };

    private static final Set<DayOfWeek> EVERY_DAY = Set.of(DayOfWeek.values());
    private static final OutingHabit MARKET =
            new OutingHabit(Set.of(TUESDAY, FRIDAY), LocalTime.of(10, 30), Duration.ofMinutes(90), 0.85);
    private static final OutingHabit CHURCH =
            new OutingHabit(Set.of(SUNDAY), LocalTime.of(10, 15), Duration.ofMinutes(150), 0.6);
    private static final OutingHabit WALK =
            new OutingHabit(EVERY_DAY, LocalTime.of(16, 0), Duration.ofMinutes(45), 0.55);
    private static final OutingHabit SENIOR_CENTRE = new OutingHabit(
            Set.of(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY),
            LocalTime.of(10, 0),
            Duration.ofHours(4),
            0.85);
    private static final OutingHabit CLINIC =
            new OutingHabit(Set.of(WEDNESDAY), LocalTime.of(10, 0), Duration.ofHours(2), 0.7);

    /// The rhythm.
    public abstract Rhythm rhythm();
}

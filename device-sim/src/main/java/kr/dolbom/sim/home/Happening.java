package kr.dolbom.sim.home;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import kr.dolbom.contract.telemetry.Medication;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.contract.telemetry.Voice;
import org.jspecify.annotations.Nullable;

/// Something that happens in a home. Immutable.
public sealed interface Happening {
    /// When.
    Instant at();

    /// The same at another time, as where a home is played faster than it was lived.
    ///
    /// @param time gives for each moment of this happening the moment that takes its place
    default Happening retimed(UnaryOperator<Instant> time) {
        Instant moment = time.apply(at());
        return switch (this) {
            case Woke h -> new Woke(moment);
            case WentToBed h -> new WentToBed(moment);
            case Moved h -> new Moved(moment, h.room());
            case DoorUsed h -> new DoorUsed(moment, h.room());
            case Touched h -> new Touched(moment, h.room());
            case ApplianceUsed h -> new ApplianceUsed(moment, h.room());
            case Talked h -> new Talked(moment, h.turns(), h.spoke(), h.codes(), h.feelings());
            case Medicated h -> new Medicated(moment, h.slot(), h.outcome());
            case WentOut h -> new WentOut(moment, h.expectedBack() == null ? null : time.apply(h.expectedBack()));
            case CameHome h -> new CameHome(moment);
        };
    }

    /// The resident woke for the day. No sensor notices it by itself.
    record Woke(Instant at) implements Happening {}

    /// The resident went to bed for the night. No sensor notices it by itself.
    record WentToBed(Instant at) implements Happening {}

    /// A motion sensor noticed the resident.
    record Moved(Instant at, Room room) implements Happening {}

    /// A door was used: the front door, or the fridge's in the kitchen.
    record DoorUsed(Instant at, Room room) implements Happening {}

    /// The resident touched or held the robot.
    record Touched(Instant at, Room room) implements Happening {}

    /// An appliance was used.
    record ApplianceUsed(Instant at, Room room) implements Happening {}

    /// A talk with the robot ended.
    ///
    /// @param turns how often the resident spoke, 1 or more
    /// @param spoke how long the resident spoke in all
    /// @param codes what the robot recognised
    /// @param feelings shares of the talk, 0 to 1
    record Talked(Instant at, int turns, Duration spoke, List<Voice.Code> codes, Map<Voice.Feeling, Double> feelings)
            implements Happening {
        /// Copies the collections.
        public Talked {
            codes = List.copyOf(codes);
            feelings = Map.copyOf(feelings);
        }
    }

    /// The robot reminded of a medication slot, and this came of it.
    record Medicated(Instant at, Medication.Slot slot, Medication.Outcome outcome) implements Happening {}

    /// The front door closed behind the resident; until [CameHome] nothing happens in the home.
    ///
    /// @param expectedBack what the resident told the robot; null: went without a word
    record WentOut(Instant at, @Nullable Instant expectedBack) implements Happening {}

    /// The resident is back.
    record CameHome(Instant at) implements Happening {}
}

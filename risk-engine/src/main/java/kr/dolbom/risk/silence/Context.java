package kr.dolbom.risk.silence;

import kr.dolbom.contract.telemetry.Room;
import org.jspecify.annotations.Nullable;

/// Where a resident was seen last, as far as it matters for how soon the next sign is to be expected.
public enum Context {
    /// In the bedroom.
    BEDROOM(0),
    /// In the bathroom.
    BATHROOM(1),
    /// In the kitchen, its fridge included.
    KITCHEN(2),
    /// In the living room.
    LOUNGE(3),
    /// In the corridor.
    HALLWAY(4),
    /// At the front door: perhaps on the way out.
    FRONT_DOOR(5),
    /// At another door that leads out.
    BACK_DOOR(6),
    /// Anywhere, by day, with far fewer signs in the last six hours than is usual: probably out with a
    /// stray event, or asleep. Overrides the room.
    SPARSE(7);

    /// Its place in the tables of [Counts].
    final int index;

    Context(int index) {
        this.index = index;
    }

    /// The context of a sign in this room.
    ///
    /// @param room null: not known, as with words spoken to the robot
    /// @param before the context before, which an unknown room keeps, unless it was a door: who speaks
    ///     is at home
    static Context of(@Nullable Room room, @Nullable Context before) {
        if (room == null) {
            return before == null || before.isLenient() ? LOUNGE : before;
        }
        return switch (room) {
            case BEDROOM -> BEDROOM;
            case BATHROOM -> BATHROOM;
            case KITCHEN -> KITCHEN;
            case LOUNGE, BALCONY -> LOUNGE;
            case HALLWAY -> HALLWAY;
            case FRONT_DOOR -> FRONT_DOOR;
            case BACK_DOOR -> BACK_DOOR;
            case OTHER -> of(null, before);
        };
    }

    /// Whether it is a door that leads out.
    boolean isExit() {
        return this == FRONT_DOOR || this == BACK_DOOR;
    }

    /// Whether long silence has a harmless reading: the resident may have gone out.
    public boolean isLenient() {
        return this == FRONT_DOOR || this == BACK_DOOR || this == SPARSE;
    }
}

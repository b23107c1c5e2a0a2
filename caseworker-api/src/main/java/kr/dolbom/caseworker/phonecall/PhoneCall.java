package kr.dolbom.caseworker.phonecall;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.escalation.AttemptState;
import org.jspecify.annotations.Nullable;

/// A call from the console as it stands.
///
/// @param number in the database
/// @param callId the public id
/// @param officeNo whose people made it
/// @param isGroup whether all meet in one room; else the first phone is led on to the second
/// @param alertId from which alert it was made; null for none
/// @param startedAt when it was asked for
/// @param canceledAt when somebody ended it on the page; null: nobody did
/// @param endedAt when it was over; null: it lasts
/// @param legs the phones, whoever asked for it first
record PhoneCall(
        int number,
        UUID callId,
        int officeNo,
        boolean isGroup,
        @Nullable UUID alertId,
        Instant startedAt,
        @Nullable Instant canceledAt,
        @Nullable Instant endedAt,
        List<Leg> legs) {

    /// One phone.
    ///
    /// @param legId by which the provider's questions and reports name it
    /// @param party whose
    /// @param state how far it has come
    /// @param joinedAt when they came in; null: they have not
    /// @param sid the provider's name for it; null before it took it
    /// @param error what went wrong; null for nothing
    record Leg(
            UUID legId,
            Party party,
            AttemptState state,
            @Nullable Instant joinedAt,
            @Nullable String sid,
            @Nullable String error) {

        boolean isOver() {
            return state.isOver();
        }
    }

    /// Whoever asked for it.
    Leg caller() {
        return legs.getFirst();
    }

    /// Whom they called.
    List<Leg> others() {
        return legs.subList(1, legs.size());
    }

    boolean isOver() {
        return legs.stream().allMatch(Leg::isOver);
    }

    /// Whether two or more talked with each other.
    boolean wasTalked() {
        return legs.stream().filter(leg -> leg.joinedAt() != null).count() > 1;
    }
}

package kr.dolbom.caseworker.response;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Policy;
import kr.dolbom.caseworker.escalation.Slot;
import org.jspecify.annotations.Nullable;

/// All that a decision depends on, but the time.
///
/// @param tier how urgent the alert is
/// @param isRaised whether it has become urgent or critical since anybody was called about it, took
///     it or answered for it
/// @param isAboutPerson whether it says something about the resident, not about a device
/// @param state how far the response has come
/// @param canAsk whether there is something to ask, and a device of the resident that was not asked
///     yet for this alert is connected
/// @param policy whom to call, and how long to wait; null for nobody
/// @param slots one round of it, with the people of now, where people are being called
/// @param noted what the alert's timeline has already
/// @param quietUntil when the resident's quiet hours end; null outside of them
/// @param heldUntil until when maintenance of the office holds it back; null when nothing does
/// @param otherOwner who has another alert about the same resident that is at least as urgent; null
///     for nobody
record Situation(
        Tier tier,
        boolean isRaised,
        boolean isAboutPerson,
        AlertState state,
        boolean canAsk,
        @Nullable Policy policy,
        List<Slot> slots,
        Set<EventType> noted,
        @Nullable Instant quietUntil,
        @Nullable Instant heldUntil,
        Alert.@Nullable Person otherOwner) {}

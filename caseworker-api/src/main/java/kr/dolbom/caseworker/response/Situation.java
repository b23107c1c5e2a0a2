package kr.dolbom.caseworker.response;

import java.util.List;
import java.util.Set;
import kr.dolbom.caseworker.alert.EventType;
import kr.dolbom.caseworker.alert.Tier;
import kr.dolbom.caseworker.escalation.Recipient;

/// All that a decision depends on, but the time.
///
/// @param tier how urgent the alert is
/// @param state how far the response has come
/// @param canAsk whether a device of the resident is connected
/// @param onCall who is on call now, first position first
/// @param noted what the alert's timeline has already
record Situation(Tier tier, AlertState state, boolean canAsk, List<Recipient> onCall, Set<EventType> noted) {

    Situation {
        onCall = List.copyOf(onCall);
        noted = Set.copyOf(noted);
    }
}

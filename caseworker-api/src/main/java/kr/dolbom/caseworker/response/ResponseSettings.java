package kr.dolbom.caseworker.response;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// The times of the response to an alert.
///
/// @param answerGrace how long after the resident's time limit the device's report may still come
/// @param stepWait how long a step waits for somebody to acknowledge before the next is taken
/// @param rounds how often everybody on call is tried before it is noted that nobody was reached
/// @param slowStepWait how long a step waits from then on; the calls go on until somebody acknowledges
/// @param nobodyRetry how often is looked again when nobody is on call
/// @param againAfter how long after somebody took a critical alert the resident may ask again before people are called
///     anew; whoever took it may be gone by then
/// @param reminderWait how long whoever has an alert, or is to take it over, has to answer when asked
/// @param remindCritical how long somebody may have a critical alert until they are asked whether they still do
/// @param remindUrgent the same for an urgent one
/// @param duplicateWindow how long after somebody took an alert another about the same resident, no more urgent,
///     goes to them without a ring
/// @param linkLifetime how long a one-time link can be used
/// @param sweep how often alerts are looked for that a notification was lost for
/// @param timerPoll how often due timers are looked for
@ConfigurationProperties("dolbom.response")
public record ResponseSettings(
        @Bindable(defaultValue = "10s") Duration answerGrace,
        @Bindable(defaultValue = "60s") Duration stepWait,
        @Bindable(defaultValue = "20") int rounds,
        @Bindable(defaultValue = "5m") Duration slowStepWait,
        @Bindable(defaultValue = "30s") Duration nobodyRetry,
        @Bindable(defaultValue = "2m") Duration againAfter,
        @Bindable(defaultValue = "5m") Duration reminderWait,
        @Bindable(defaultValue = "30m") Duration remindCritical,
        @Bindable(defaultValue = "60m") Duration remindUrgent,
        @Bindable(defaultValue = "2h") Duration duplicateWindow,
        @Bindable(defaultValue = "24h") Duration linkLifetime,
        @Bindable(defaultValue = "15s") Duration sweep,
        @Bindable(defaultValue = "500ms") Duration timerPoll) {}

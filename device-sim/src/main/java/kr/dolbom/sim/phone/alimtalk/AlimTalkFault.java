package kr.dolbom.sim.phone.alimtalk;

/// What befalls AlimTalk messages to one number.
public enum AlimTalkFault {
    /// Refused at once with 400 `template-rejected`.
    TEMPLATE_REJECTED,
    /// Accepted, then failed: `not-a-user`.
    NOT_A_USER,
    /// Accepted; neither delivered nor ever heard of again.
    NEVER_ANSWERS,
    /// Accepted; delivered, and told so, two days later by the simulator's clock.
    TWO_DAYS_LATE,
    /// Nothing is done; HTTP 500.
    API_500,
    /// Nothing is done and nothing answered: the client has to give up.
    API_HANG
}

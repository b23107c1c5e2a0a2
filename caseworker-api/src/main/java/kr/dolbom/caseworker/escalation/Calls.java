package kr.dolbom.caseworker.escalation;

import java.time.Duration;
import java.util.UUID;

/// Makes phone calls.
public interface Calls {
    /// Makes one call, once: it is never repeated by itself. What is said is asked for when somebody answers.
    ///
    /// @param attemptId by which the provider's questions and reports name it
    /// @param to the number, E.164
    SendResult place(UUID attemptId, String to);

    /// Ends a call, whether or not anybody has answered it; one that is over stays as it is.
    ///
    /// @param sid the provider's name for it
    void end(String sid);

    /// How long a phone rings.
    Duration ringTime();

    /// How many calls a second the account may make, above 0.
    double perSecond();

    /// Takes a call back that nobody has answered; one that was answered or is over goes on as it is.
    ///
    /// @param sid the provider's name for it
    void cancel(String sid);
}

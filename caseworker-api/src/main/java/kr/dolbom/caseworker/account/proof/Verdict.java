package kr.dolbom.caseworker.account.proof;

import java.time.Instant;
import kr.dolbom.caseworker.account.Account;

/// What came of a login and a password, or of a one-time code.
public sealed interface Verdict {
    /// They are right.
    ///
    /// @param account whose
    /// @param needsCode whether a one-time code is asked for as well
    /// @param mustChange whether the password is from somebody else
    /// @param mustEnrol whether the role demands one-time codes and there are none
    record Right(Account account, boolean needsCode, boolean mustChange, boolean mustEnrol) implements Verdict {}

    /// They are not; which of them is not said.
    record Wrong() implements Verdict {}

    /// There were too many wrong ones: nothing is judged.
    ///
    /// @param until when one may try again
    record Wait(Instant until) implements Verdict {}
}

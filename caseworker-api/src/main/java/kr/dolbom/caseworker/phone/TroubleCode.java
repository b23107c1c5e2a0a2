package kr.dolbom.caseworker.phone;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The errors of Twilio, and of the provider of AlimTalk, that say something about a number, not about one attempt.
enum TroubleCode {
    /// The person wants no texts from us.
    OPTED_OUT("21610", "opted out"),
    /// A landline, as Twilio knows.
    LANDLINE("21614", "a landline"),
    /// A landline, as the carrier says.
    CARRIER_LANDLINE("30006", "a landline or unreachable carrier"),
    /// Switched off or out of coverage: that passes.
    UNREACHABLE("30003", "switched off or out of coverage"),
    /// The number was given back.
    UNKNOWN("30005", "an unknown number"),
    /// No number at all.
    INVALID("21211", "an invalid number"),
    /// Of AlimTalk: no KakaoTalk belongs to the number, or its owner wants nothing from us.
    NOT_A_USER("not-a-user", "not on KakaoTalk");

    private final String code;
    private final String reason;

    TroubleCode(String code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /// As the provider writes it.
    String code() {
        return code;
    }

    /// In our words.
    String reason() {
        return reason;
    }

    /// The one with which an attempt's error begins; empty for errors that say nothing about the number.
    static Optional<TroubleCode> find(@Nullable String error) {
        return error == null
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(code -> error.split(" ", 2)[0].equals(code.code))
                        .findFirst();
    }
}

package kr.dolbom.broker.access;

import kr.dolbom.contract.Fault;

/// A fault as an MQTT 5 reason string: short enough for every client, and without the characters that MQTT forbids.
public final class ReasonStrings {
    private static final int LONGEST = 250;

    private ReasonStrings() {}

    /// The reason string of a fault, at most 250 characters.
    public static String of(Fault fault) {
        StringBuilder clean = new StringBuilder();
        fault.reasonString()
                .codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        ? '\uFFFD'
                        : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}

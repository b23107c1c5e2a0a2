package kr.dolbom.sim.phone.rest;

/// How many SMS segments a body takes: GSM 03.38 septets if every character has one, else UCS-2.
final class Segments {
    private static final String GSM_BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String GSM_EXTENDED = "^{}\\[~]|€\f";

    private Segments() {}

    static int of(String body) {
        boolean gsm = body.chars().allMatch(c -> GSM_BASIC.indexOf(c) >= 0 || GSM_EXTENDED.indexOf(c) >= 0);
        return gsm ? count(body, true, 160, 153) : count(body, false, 70, 67);
    }

    /// An escaped character or a surrogate pair is never split between two segments.
    private static int count(String body, boolean gsm, int alone, int chained) {
        int total = body.codePoints().map(c -> units(c, gsm)).sum();
        if (total <= alone) {
            return 1;
        }
        int segments = 1;
        int used = 0;
        for (int units : body.codePoints().map(c -> units(c, gsm)).toArray()) {
            if (used + units > chained) {
                segments++;
                used = 0;
            }
            used += units;
        }
        return segments;
    }

    private static int units(int codePoint, boolean gsm) {
        return gsm ? (GSM_EXTENDED.indexOf(codePoint) >= 0 ? 2 : 1) : Character.charCount(codePoint);
    }
}

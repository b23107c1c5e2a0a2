package kr.dolbom.sim.phone.alimtalk;

import java.util.Locale;

/// How far an AlimTalk message came.
public enum AlimTalkStatus {
    /// Taken by the provider.
    ACCEPTED,
    /// On the phone.
    DELIVERED,
    /// Not delivered, for good.
    FAILED;

    /// As the API writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package kr.dolbom.sim.phone.line;

import java.util.regex.Pattern;

/// Which strings are telephone numbers: E.164, and for Korea without the trunk zero (`+8210…`, not `+82010…`).
public final class PhoneNumbers {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern KOREAN = Pattern.compile("\\+82[1-9][0-9]{6,10}");

    private PhoneNumbers() {}

    /// Whether Twilio would dial it.
    public static boolean isValid(String number) {
        return number.startsWith("+82")
                ? KOREAN.matcher(number).matches()
                : E164.matcher(number).matches();
    }
}

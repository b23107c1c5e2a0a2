package kr.dolbom.caseworker.account;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where somebody wanted to go before they were asked to sign in. Only a path of our own is believed: what stands in a
/// link may come from anybody.
public final class WayBack {
    private static final int LIMIT = 500;

    /// One slash and then no other, in either direction, nor two anywhere: browsers take `//host` and `/\host` as
    /// another site.
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])(?!.*//)[A-Za-z0-9._~/?&=%+,:;@!$'()*-]*");

    private WayBack() {}

    /// The path if it is one of ours, `/` otherwise.
    public static String of(@Nullable String wanted) {
        boolean isOwn = wanted != null
                && wanted.length() <= LIMIT
                && OWN_PATH.matcher(wanted).matches()
                && !wanted.startsWith("/sign-");
        return isOwn && wanted != null ? wanted : "/";
    }
}

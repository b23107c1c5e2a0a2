package kr.dolbom.caseworker.account;

/// Proves that a form comes from a page of ours that was made for this very session: what is derived from the cookie,
/// which no script and no other site can read.
public final class Csrf {
    /// The field of a form.
    public static final String FIELD = "_csrf";

    /// The header of a script's request.
    public static final String HEADER = "X-CSRF-Token";

    private Csrf() {}

    /// What pages of this session carry.
    ///
    /// @param cookie the value of the session's cookie
    public static String tokenOf(String cookie) {
        return RandomToken.derive(cookie, "form");
    }

    /// Whether this is what pages of the session carry.
    public static boolean matches(String cookie, String token) {
        return RandomToken.same(tokenOf(cookie), token);
    }
}

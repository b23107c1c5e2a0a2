package kr.dolbom.caseworker.registry;

/// How phone numbers are written.
final class Phones {
    /// E.164.
    static final String E164 = "\\+[1-9][0-9]{6,14}";

    /// The same for people.
    static final String EXPECTED = "a phone number with country code, such as +821012345678";

    private Phones() {}
}

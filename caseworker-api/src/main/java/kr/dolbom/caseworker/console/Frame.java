package kr.dolbom.caseworker.console;

import java.util.List;
import kr.dolbom.caseworker.words.Words;

/// What is around every page of the console.
///
/// @param words the language
/// @param viewer the name of whoever is signed in
/// @param onCall who is on call: one entry for each office, empty when nobody is
public record Frame(Words words, String viewer, List<Duty> onCall) {

    /// Who is on call for an office.
    ///
    /// @param office its short name
    /// @param names first position first, empty for nobody
    public record Duty(String office, String names) {}
}

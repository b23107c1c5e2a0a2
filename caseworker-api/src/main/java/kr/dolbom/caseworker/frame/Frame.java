package kr.dolbom.caseworker.frame;

import java.util.Arrays;
import java.util.List;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;

/// What is around every page of the console.
///
/// @param phrasing the language, and how moments are written in it
/// @param viewer the name of whoever is signed in
/// @param role what they may do, one of [Role][kr.dolbom.caseworker.account.Role]
/// @param section the part of the console that this page belongs to
/// @param onCall who is on call: one entry for each office, empty when nobody is
/// @param csrf proves that a form comes from a page of this session; empty where there is none
/// @param watermark name and time, faintly over pages with personal data
public record Frame(
        Phrasing phrasing,
        String viewer,
        String role,
        Section section,
        List<Duty> onCall,
        String csrf,
        String watermark) {

    /// Who is on call for an office.
    ///
    /// @param office its short name
    /// @param names first position first, empty for nobody
    public record Duty(String office, String names) {}

    /// The language.
    public Words words() {
        return phrasing.words();
    }

    /// What the navigation shows.
    public List<Section> sections() {
        return Arrays.stream(Section.values()).filter(part -> part.isFor(role)).toList();
    }
}

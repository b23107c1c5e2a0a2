package kr.dolbom.caseworker.words;

/// A moment in words.
///
/// @param iso for machines
/// @param exact date and time for people
/// @param ago how long ago that is
public record When(String iso, String exact, String ago) {}

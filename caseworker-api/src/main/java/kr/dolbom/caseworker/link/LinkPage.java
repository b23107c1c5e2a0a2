package kr.dolbom.caseworker.link;

import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// What a one-time link shows.
///
/// @param words the caseworker's language
/// @param alert the alert; null where the link does not show it any more
/// @param notice what to know, one of the texts `link.…`, filled; empty for nothing
/// @param button the words of the one button; empty for none
/// @param showsAddress whether it shows where to go
public record LinkPage(Words words, @Nullable Alert alert, String notice, String button, boolean showsAddress) {}

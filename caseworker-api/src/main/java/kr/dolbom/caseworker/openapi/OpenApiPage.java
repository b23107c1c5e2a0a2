package kr.dolbom.caseworker.openapi;

import kr.dolbom.caseworker.words.Words;

/// The page that shows the document.
///
/// @param words the language
public record OpenApiPage(Words words) {}

package kr.dolbom.caseworker.intake;

/// Something that was typed and is not as expected.
///
/// @param field the name of the field
/// @param given what was typed
/// @param expected what would be right: the end of a text's key, `people.expected.…`
/// @param about fills the text's place; may be empty
public record Fault(String field, String given, String expected, String about) {}

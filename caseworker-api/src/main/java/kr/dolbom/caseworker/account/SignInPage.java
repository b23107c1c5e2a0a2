package kr.dolbom.caseworker.account;

import kr.dolbom.caseworker.words.Words;

/// What the page to sign in shows.
///
/// @param words the language
/// @param login what was typed before, to type it once only
/// @param refused whether login or password were wrong
public record SignInPage(Words words, String login, boolean refused) {}

package kr.dolbom.caseworker.account.signin;

import java.util.List;
import kr.dolbom.caseworker.account.proof.QrCode;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// What a step of signing in shows.
///
/// @param words the language
/// @param step `password`, `code`, `change`, `enrol` or `recovery`
/// @param login what was typed before, to type it once only
/// @param to where to go then
/// @param csrf proves that the form comes from this page
/// @param notice what is said above the form; empty for nothing
/// @param withCity whether the city's own sign-in is offered
/// @param secret of one-time codes, to type into a telephone; empty but at `enrol`
/// @param qr the same to be photographed; null but at `enrol`
/// @param codes recovery codes, told once; empty but at `recovery`
public record SignInPage(
        Words words,
        String step,
        String login,
        String to,
        String csrf,
        String notice,
        boolean withCity,
        String secret,
        @Nullable QrCode qr,
        List<String> codes) {}

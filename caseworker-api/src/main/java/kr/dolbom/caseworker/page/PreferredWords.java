package kr.dolbom.caseworker.page;

import io.micronaut.http.HttpRequest;
import kr.dolbom.caseworker.words.Words;

/// In which language somebody wants to read.
public final class PreferredWords {
    private PreferredWords() {}

    /// English where the browser asks for English first, Korean otherwise.
    public static Words of(HttpRequest<?> request) {
        return request.getHeaders()
                .findFirst("Accept-Language")
                .filter(languages -> languages.strip().startsWith("en"))
                .map(english -> Words.EN)
                .orElse(Words.KO);
    }
}

package kr.dolbom.caseworker.console.contact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kr.dolbom.caseworker.account.session.SessionSettings;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.words.Words;

/// What a browser needs to install the console and to open it without a connection. Nothing here is about anybody.
@Controller
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
public final class AppFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PARTS = List.of("sw.js", "app.js", "dolbom.css", "queue.js");

    private final Pages pages;
    private final String worker;

    AppFiles(Pages pages, SessionSettings sessions) {
        this.pages = pages;
        this.worker = text("sw.js")
                .replace("{version}", version())
                .replace("{lifetime}", Long.toString(sessions.lifetime().toSeconds()));
    }

    /// What the page without a connection says.
    ///
    /// @param words the language
    public record Offline(Words words) {}

    /// What the page says that is shown in place of an answer to a form that did not arrive.
    ///
    /// @param words the language
    /// @param what which of the texts `contact.….title` says what did not happen
    public record NotSent(Words words, String what) {}

    @Get(value = "/manifest.webmanifest", produces = "application/manifest+json")
    String manifest(HttpRequest<?> request) {
        Words words = PreferredWords.of(request);
        try {
            return JSON.writeValueAsString(Map.of(
                    "name",
                    words.text("app.name"),
                    "short_name",
                    words.text("contact.app"),
                    "lang",
                    words.language(),
                    "start_url",
                    "/",
                    "scope",
                    "/",
                    "display",
                    "standalone",
                    "background_color",
                    "#f6f7f6",
                    "theme_color",
                    "#0f6b5c",
                    "icons",
                    List.of(icon("icon-192.png", "192x192"), icon("icon-512.png", "512x512"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> icon(String file, String sizes) {
        return Map.of("src", "/assets/" + file, "sizes", sizes, "type", "image/png", "purpose", "any maskable");
    }

    /// At the root: a service worker serves what is below its own address. Its text changes with what it keeps, and so
    /// browsers take the new one.
    @Get(value = "/sw.js", produces = "text/javascript;charset=utf-8")
    String worker() {
        return worker;
    }

    @Get(value = "/offline", produces = MediaType.TEXT_HTML)
    HttpResponse<String> offline(HttpRequest<?> request) {
        return pages.page("contact/offline.jte", new Offline(PreferredWords.of(request)));
    }

    @Get(value = "/offline/not-taken", produces = MediaType.TEXT_HTML)
    HttpResponse<String> notTaken(HttpRequest<?> request) {
        return pages.page("contact/not-sent.jte", new NotSent(PreferredWords.of(request), "not-taken"));
    }

    @Get(value = "/offline/not-sent", produces = MediaType.TEXT_HTML)
    HttpResponse<String> notSent(HttpRequest<?> request) {
        return pages.page("contact/not-sent.jte", new NotSent(PreferredWords.of(request), "not-sent"));
    }

    private static String version() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            PARTS.forEach(part -> digest.update(text(part).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String name) {
        try (InputStream file =
                Objects.requireNonNull(AppFiles.class.getResourceAsStream("/assets/" + name), "asset " + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package kr.dolbom.sim.phone.line;

import java.time.Instant;

/// One visit of a link, or one press of the button behind it, in the browser of a phone.
///
/// @param at when it was opened
/// @param method GET for opening, POST for pressing the button
/// @param url the address
/// @param status the HTTP status of the answer, or 0 when there was none
/// @param page the page as it came, markup and all; without an answer why there was none
public record LinkVisit(Instant at, String method, String url, int status, String page) {
    /// What a person reads: the page without markup.
    public String words() {
        return page.replaceAll("(?s)<(script|style|head)\\b.*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}

package kr.dolbom.caseworker.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import kr.dolbom.caseworker.words.Words;

/// A row of the list as it stands on the board. It is rendered once for all who see it in the same
/// style, and again only when the alert has changed. Safe for use by many threads.
final class BoardRow {
    private final OpenAlert open;
    private final BiFunction<OpenAlert, Style, String> render;
    private final Map<Style, String> html = new ConcurrentHashMap<>();

    BoardRow(OpenAlert open, BiFunction<OpenAlert, Style, String> render) {
        this.open = open;
        this.render = render;
    }

    /// In what rows differ from viewer to viewer.
    ///
    /// @param words the language
    /// @param takes whether it has the button
    /// @param namesOffice whether it names the office, for those who see several
    record Style(Words words, boolean takes, boolean namesOffice) {}

    OpenAlert open() {
        return open;
    }

    /// As HTML, which begins with `<article `.
    String html(Style style) {
        return html.computeIfAbsent(style, missing -> render.apply(open, missing));
    }
}

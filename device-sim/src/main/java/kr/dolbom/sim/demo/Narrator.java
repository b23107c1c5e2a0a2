package kr.dolbom.sim.demo;

import java.text.MessageFormat;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/// Tells on the terminal what has just happened, one line each, in Korean or English.
final class Narrator {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ResourceBundle texts;
    private final Locale locale;

    Narrator(Locale locale) {
        this.locale = locale;
        this.texts = ResourceBundle.getBundle(
                "kr.dolbom.sim.demo.narration",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// A line with the time of day.
    void tell(String key, Object... arguments) {
        line(text(key, arguments));
    }

    /// A line without a key: what a program reports of itself.
    void line(String text) {
        System.out.println(CLOCK.format(LocalTime.now()) + "  " + text);
    }

    /// Replaces the line before, where there is a terminal; says nothing elsewhere.
    void progress(String key, Object... arguments) {
        if (System.console() != null && System.console().isTerminal()) {
            System.out.print("\r          " + text(key, arguments) + "   ");
            System.out.flush();
        }
    }

    void endProgress() {
        if (System.console() != null && System.console().isTerminal()) {
            System.out.println();
        }
    }

    String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), locale).format(arguments);
    }
}

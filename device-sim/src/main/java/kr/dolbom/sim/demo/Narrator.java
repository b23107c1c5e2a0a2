package kr.dolbom.sim.demo;

import java.io.Console;
import java.text.MessageFormat;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/// Tells on the terminal what has just happened, one line each, in Korean or English.
final class Narrator {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ResourceBundle texts;
    private final Locale locale;
    private final boolean terminal;

    Narrator(Locale locale) {
        this.locale = locale;
        this.terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
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
        System.out.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + "  " + text);
    }

    /// Replaces the line before, where there is a terminal; says nothing elsewhere.
    void progress(String key, Object... arguments) {
        if (terminal) {
            System.out.print("\r          " + text(key, arguments) + "   ");
            System.out.flush();
        }
    }

    void endProgress() {
        if (terminal) {
            System.out.println();
        }
    }

    String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), locale).format(arguments);
    }
}

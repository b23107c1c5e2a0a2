package kr.dolbom.broker;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/// What this process has logged since a test asked it to listen, the broker being in it.
final class LogLines {
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

    static {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String trace =
                        event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
                LINES.add(event.getFormattedMessage() + trace);
            }
        };
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    }

    private LogLines() {}

    /// Begins to listen, where it does not yet.
    static void begin() {
        // Loading this class is all it takes.
    }

    static boolean contain(String text) {
        return LINES.stream().anyMatch(line -> line.contains(text));
    }
}

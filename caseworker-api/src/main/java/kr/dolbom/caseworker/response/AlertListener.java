package kr.dolbom.caseworker.response;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.NotificationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of alerts that were raised or changed, so that the first thing is done within milliseconds. An alert that is
/// heard
/// of while it waits to be looked at is looked at once, and few are looked at at a time: in a storm the providers'
/// reports
/// need connections to the database as well.
@Singleton
final class AlertListener implements NotificationListener {
    private static final Logger LOG = LoggerFactory.getLogger(AlertListener.class);
    private static final int AT_A_TIME = 6;

    private final AlertResponse response;
    private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory());

    AlertListener(AlertResponse response) {
        this.response = response;
    }

    @Override
    public String channel() {
        return AlertStore.CHANNEL;
    }

    @Override
    public void hear(String payload) {
        UUID alertId = UUID.fromString(payload);
        if (waiting.add(alertId)) {
            threads.execute(() -> {
                waiting.remove(alertId); // what is told from here on is looked at once more
                try {
                    response.advance(alertId);
                } catch (RuntimeException e) {
                    LOG.error("An alert could not be advanced; the next sweep tries again alert={}", alertId, e);
                }
            });
        }
    }

    @Override
    public void lookAround() {
        response.sweep();
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}

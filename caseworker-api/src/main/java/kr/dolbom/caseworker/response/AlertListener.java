package kr.dolbom.caseworker.response;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.NotificationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at alerts, so that the first thing is done within milliseconds. Few at a time: in a storm the providers'
/// reports need connections to the database as well.
@Singleton
final class AlertListener implements NotificationListener {
    private static final Logger LOG = LoggerFactory.getLogger(AlertListener.class);
    private static final int AT_A_TIME = 4;

    private final AlertResponse response;
    private final Looks looks;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory());

    AlertListener(AlertResponse response, Looks looks) {
        this.response = response;
        this.looks = looks;
        for (int i = 0; i < AT_A_TIME; i++) {
            threads.execute(this::lookForEver);
        }
    }

    @Override
    public Set<String> channels() {
        return Set.of(AlertStore.LOOK_CHANNEL);
    }

    @Override
    public void hear(String payload) {
        looks.add(UUID.fromString(payload));
    }

    @Override
    public void lookAround() {
        response.sweep();
    }

    private void lookForEver() {
        try {
            while (true) {
                UUID alertId = looks.take();
                try {
                    response.advance(alertId);
                } catch (RuntimeException e) {
                    LOG.error("An alert could not be advanced; the next sweep tries again alert={}", alertId, e);
                } finally {
                    looks.done(alertId);
                }
            }
        } catch (InterruptedException e) {
            // The program ends.
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}

package kr.dolbom.caseworker.response;

import jakarta.inject.Singleton;
import java.util.UUID;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.database.NotificationListener;

/// Hears of alerts that were raised or changed, so that the first thing is done within milliseconds.
@Singleton
final class AlertListener implements NotificationListener {
    private final AlertResponse response;

    AlertListener(AlertResponse response) {
        this.response = response;
    }

    @Override
    public String channel() {
        return AlertStore.CHANNEL;
    }

    @Override
    public void hear(String payload) {
        response.advance(UUID.fromString(payload));
    }

    @Override
    public void lookAround() {
        response.sweep();
    }
}

package kr.dolbom.caseworker.canary;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.response.Dispatch;
import kr.dolbom.caseworker.timer.Chore;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Presses the canary home's button again and again, one instance at a time.
@Singleton
final class CanaryCall implements Chore {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryCall.class);

    private final CanarySettings settings;
    private final Transactions transactions;
    private final CanaryDevice device;
    private final Dispatch dispatch;
    private final Clock clock;

    CanaryCall(
            CanarySettings settings, Transactions transactions, CanaryDevice device, Dispatch dispatch, Clock clock) {
        this.settings = settings;
        this.transactions = transactions;
        this.device = device;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "canary-call";
    }

    @Override
    public Duration pause() {
        return settings.every();
    }

    @Override
    public void run() {
        boolean isThere = settings.isOn() && transactions.run(CanaryHome::find).isPresent();
        if (!isThere) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        closeWhatIsLeft(now);
        CanaryRun run =
                transactions.run(connection -> CanaryRuns.begin(connection, CanaryDevice.newMessageId(now), now));
        try {
            device.press(run.messageId(), run.number(), now);
            transactions.run(connection -> {
                CanaryRuns.acknowledged(connection, run, clock.instant());
                return run;
            });
        } catch (MqttException e) {
            String error = "%d %s".formatted(e.getReasonCode(), e.getMessage());
            LOG.warn("The canary home could not call for help run={} reason=\"{}\"", run.number(), error);
            transactions.run(connection -> {
                CanaryRuns.failed(connection, run, error);
                return run;
            });
        }
    }

    /// What came after its run had been given up must not be taken for this one.
    private void closeWhatIsLeft(Instant now) {
        transactions
                .run(connection -> {
                    List<UUID> open = CanaryHome.listOpenAlerts(connection);
                    open.forEach(alert -> CanaryHome.close(connection, alert, now));
                    return open;
                })
                .forEach(dispatch::cancelCalls);
    }
}

package kr.dolbom.caseworker.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.SendResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes calls through Twilio.
@Singleton
final class TwilioCalls implements Calls {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioCalls.class);
    /// To take a call back twice does no harm: unlike a call it is asked for again after any trouble.
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(250), Duration.ofMillis(750), Duration.ofSeconds(2));
    private static final List<String> EVENTS = List.of("initiated", "ringing", "answered", "completed");

    private final TwilioRestClient client;
    private final TwilioSettings settings;
    private final PublicAddress address;

    TwilioCalls(TwilioRestClient client, TwilioSettings settings, PublicAddress address) {
        this.client = client;
        this.settings = settings;
        this.address = address;
    }

    @Override
    public SendResult place(UUID attemptId, String to) {
        return TwilioRequest.send(() -> Call.creator(
                        new PhoneNumber(to), new PhoneNumber(settings.from()), address.of("/twilio/voice/" + attemptId))
                .setMethod(HttpMethod.POST)
                .setStatusCallback(address.of("/twilio/status/" + attemptId))
                .setStatusCallbackMethod(HttpMethod.POST)
                .setStatusCallbackEvent(EVENTS)
                .setTimeout((int) settings.ringTimeout().toSeconds())
                .create(client)
                .getSid());
    }

    @Override
    public double perSecond() {
        return settings.callsPerSecond();
    }

    @Override
    public Duration ringTime() {
        return settings.ringTimeout();
    }

    @Override
    public void cancel(String sid) {
        update(sid, Call.UpdateStatus.CANCELED);
    }

    @Override
    public void end(String sid) {
        update(sid, Call.UpdateStatus.COMPLETED);
    }

    private void update(String sid, Call.UpdateStatus status) {
        for (Duration pause : PAUSES) {
            if (tryUpdate(sid, status)) {
                return;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        if (!tryUpdate(sid, status)) {
            LOG.warn("Twilio does not take a call back; it is asked again when the call was to be over sid={}", sid);
        }
    }

    /// @return whether it has an answer that stays
    private boolean tryUpdate(String sid, Call.UpdateStatus status) {
        try {
            Call.updater(sid).setStatus(status).update(client);
            return true;
        } catch (TwilioException e) {
            LOG.warn("A call could not be taken back sid={} reason=\"{}\"", sid, e.getMessage());
            return !TwilioRequest.isToBeRepeated(e);
        }
    }
}

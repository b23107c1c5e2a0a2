package kr.dolbom.caseworker.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import kr.dolbom.caseworker.PublicAddress;
import kr.dolbom.caseworker.escalation.Calls;
import kr.dolbom.caseworker.escalation.SendResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes calls through Twilio.
@Singleton
final class TwilioCalls implements Calls {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioCalls.class);
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
    public void cancel(String sid) {
        try {
            Call.updater(sid).setStatus(Call.UpdateStatus.CANCELED).update(client);
        } catch (TwilioException e) {
            LOG.warn("A call could not be taken back sid={} reason=\"{}\"", sid, e.getMessage());
        }
    }
}

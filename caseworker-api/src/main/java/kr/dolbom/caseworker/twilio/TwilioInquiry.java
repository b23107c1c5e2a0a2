package kr.dolbom.caseworker.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kr.dolbom.caseworker.escalation.Channel;
import org.jspecify.annotations.Nullable;

/// Asks Twilio what it knows. Every method throws the SDK's exceptions.
@Singleton
final class TwilioInquiry {
    private static final int LATEST = 50;

    private final TwilioRestClient client;
    private final TwilioSettings settings;

    TwilioInquiry(TwilioRestClient client, TwilioSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// How a call or a text stands; empty when its status is none that we know.
    Optional<TwilioStatus> fetch(Channel channel, String sid) {
        return channel == Channel.VOICE
                ? status(Call.fetcher(sid).fetch(client))
                : status(Message.fetcher(sid).fetch(client));
    }

    /// The latest calls or texts from us to this number that were made between two moments.
    List<TwilioStatus> list(Channel channel, String to, Instant from, Instant until) {
        List<TwilioStatus> found = new ArrayList<>();
        if (channel == Channel.VOICE) {
            for (Call call : Call.reader()
                    .setTo(new PhoneNumber(to))
                    .setFrom(new PhoneNumber(settings.from()))
                    .limit(LATEST)
                    .read(client)) {
                if (isBetween(call.getDateCreated(), from, until)) {
                    status(call).ifPresent(found::add);
                }
            }
        } else {
            for (Message message : Message.reader()
                    .setTo(new PhoneNumber(to))
                    .setFrom(new PhoneNumber(settings.from()))
                    .limit(LATEST)
                    .read(client)) {
                if (isBetween(message.getDateCreated(), from, until)) {
                    status(message).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static boolean isBetween(@Nullable ZonedDateTime moment, Instant from, Instant until) {
        return moment != null
                && !moment.toInstant().isBefore(from)
                && !moment.toInstant().isAfter(until);
    }

    private static Optional<TwilioStatus> status(Call call) {
        return TwilioStatus.ofCall(
                call.getSid(), String.valueOf(call.getStatus()), null, instant(call.getDateUpdated()));
    }

    private static Optional<TwilioStatus> status(Message message) {
        Integer error = message.getErrorCode();
        return TwilioStatus.ofText(
                message.getSid(),
                String.valueOf(message.getStatus()),
                error == null ? null : error.toString(),
                instant(message.getDateUpdated()));
    }

    private static @Nullable Instant instant(@Nullable ZonedDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }
}

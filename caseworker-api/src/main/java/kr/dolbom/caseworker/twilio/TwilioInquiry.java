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
import java.util.Objects;
import java.util.Optional;
import kr.dolbom.caseworker.escalation.Channel;
import org.jspecify.annotations.Nullable;

/// Asks Twilio what it knows. Every method throws the SDK's exceptions.
@Singleton
final class TwilioInquiry {
    /// How many of the latest are listed at most.
    static final int LATEST = 50;

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

    /// A call or a text that Twilio knows.
    ///
    /// @param status how it stands
    /// @param createdAt when Twilio took it, by its clock
    /// @param body what the text says; empty for a call, and where Twilio does not tell
    record Sent(TwilioStatus status, Instant createdAt, String body) {
        /// Without the link in it.
        @Override
        public String toString() {
            return status.toString();
        }
    }

    /// The latest calls or texts from us to this number, [#LATEST] at most.
    List<Sent> list(Channel channel, String to) {
        List<Sent> found = new ArrayList<>();
        if (channel == Channel.VOICE) {
            for (Call call : Call.reader()
                    .setTo(new PhoneNumber(to))
                    .setFrom(new PhoneNumber(settings.from()))
                    .limit(LATEST)
                    .read(client)) {
                add(found, status(call), call.getDateCreated(), "");
            }
        } else {
            for (Message message : Message.reader()
                    .setTo(new PhoneNumber(to))
                    .setFrom(new PhoneNumber(settings.from()))
                    .limit(LATEST)
                    .read(client)) {
                add(found, status(message), message.getDateCreated(), message.getBody());
            }
        }
        return found;
    }

    private static void add(
            List<Sent> found, Optional<TwilioStatus> status, @Nullable ZonedDateTime createdAt, @Nullable String body) {
        if (createdAt != null) {
            status.ifPresent(
                    known -> found.add(new Sent(known, createdAt.toInstant(), Objects.requireNonNullElse(body, ""))));
        }
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

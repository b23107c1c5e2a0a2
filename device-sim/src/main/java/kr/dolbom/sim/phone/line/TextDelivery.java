package kr.dolbom.sim.phone.line;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of one text to its phone, on a thread of its own. Guarded by the network's lock.
final class TextDelivery implements Runnable {
    private static final Set<Fault> UNDELIVERED =
            EnumSet.of(Fault.UNREACHABLE, Fault.BLOCKED, Fault.UNKNOWN_HANDSET, Fault.UNKNOWN_LANDLINE, Fault.FILTERED);

    private final Network network;
    private final Phone phone;
    private final @Nullable Callback statusCallback;
    private final CallbackLane callbacks;
    private Text text;

    TextDelivery(Network network, Phone phone, String sid, TextRequest request) {
        Instant now = network.now();
        this.network = network;
        this.phone = phone;
        this.statusCallback = request.statusCallback();
        this.callbacks = network.newLane(phone);
        this.text =
                new Text(sid, request.from(), request.to(), request.body(), TextStatus.QUEUED, now, now, null, null);
    }

    String sid() {
        return text.sid();
    }

    Text snapshot() {
        return network.monitor().read(() -> text);
    }

    @Override
    public void run() {
        if (phone.strikes(Fault.QUEUE_FULL)) {
            become(TextStatus.FAILED, Fault.QUEUE_FULL.textError());
            return;
        }
        become(TextStatus.SENT, OptionalInt.empty());
        Optional<Fault> undelivered =
                UNDELIVERED.stream().filter(phone::strikes).findFirst();
        if (undelivered.isPresent()) {
            become(TextStatus.UNDELIVERED, undelivered.get().textError());
        } else if (phone.strikes(Fault.NO_RECEIPT)) {
            phone.receive(snapshot());
        } else if (!phone.strikes(Fault.TEXT_LOST)) {
            become(TextStatus.DELIVERED, OptionalInt.empty());
        }
    }

    private void become(TextStatus status, OptionalInt error) {
        network.monitor().update(() -> {
            Instant now = network.now();
            Instant sentAt = status == TextStatus.SENT ? now : text.sentAt();
            Integer code = error.isPresent() ? (Integer) error.getAsInt() : null;
            text = new Text(
                    text.sid(), text.from(), text.to(), text.body(), status, text.createdAt(), now, sentAt, code);
            if (status == TextStatus.DELIVERED) {
                phone.receive(text);
            }
            tell(status != TextStatus.SENT);
        });
    }

    private void tell(boolean last) {
        if (statusCallback == null) {
            return;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SmsSid", text.sid());
        parameters.put("SmsStatus", text.status().word());
        parameters.put("MessageSid", text.sid());
        parameters.put("MessageStatus", text.status().word());
        parameters.put("To", text.to());
        parameters.put("From", text.from());
        parameters.put("AccountSid", network.account().sid());
        parameters.put("ApiVersion", "2010-04-01");
        if (text.errorCode() != null) {
            parameters.put("ErrorCode", Integer.toString(text.errorCode()));
        }
        callbacks.add(statusCallback, parameters, text.status().word(), last);
    }
}

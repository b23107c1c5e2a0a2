package kr.dolbom.sim.phone.line;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way of one text to its phone, on a thread of its own. Guarded by the network's lock.
final class TextDelivery implements Runnable {
    private static final int UNREACHABLE_HANDSET = 30003;

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
        this.callbacks = network.newLane();
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
        become(TextStatus.SENT, null);
        if (phone.strikes(Fault.UNREACHABLE)) {
            become(TextStatus.UNDELIVERED, UNREACHABLE_HANDSET);
        } else {
            become(TextStatus.DELIVERED, null);
        }
    }

    private void become(TextStatus status, @Nullable Integer errorCode) {
        network.monitor().update(() -> {
            Instant now = network.now();
            text = new Text(
                    text.sid(),
                    text.from(),
                    text.to(),
                    text.body(),
                    status,
                    text.createdAt(),
                    now,
                    text.sentAt() == null ? now : text.sentAt(),
                    errorCode);
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
        callbacks.add(statusCallback, parameters, last);
    }
}

package kr.dolbom.sim.phone.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.sim.phone.http.Form;
import kr.dolbom.sim.phone.line.Account;
import kr.dolbom.sim.phone.line.CallEvent;
import kr.dolbom.sim.phone.line.CallRequest;
import kr.dolbom.sim.phone.line.CallStatus;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.PhoneCall;
import kr.dolbom.sim.phone.line.TwilioTime;
import org.jspecify.annotations.Nullable;

/// The Calls resource.
final class Calls {
    private static final Set<String> PLAYED = Set.of(
            "To",
            "From",
            "Url",
            "Method",
            "Twiml",
            "FallbackUrl",
            "FallbackMethod",
            "StatusCallback",
            "StatusCallbackEvent",
            "StatusCallbackMethod",
            "Timeout");
    private static final Set<String> FILTERS = Set.of(
            "To",
            "From",
            "Status",
            "StartTime",
            "StartTime<",
            "StartTime>",
            "EndTime",
            "EndTime<",
            "EndTime>",
            "Page",
            "PageSize");
    private static final List<String> SUBRESOURCES = List.of(
            "notifications",
            "recordings",
            "payments",
            "events",
            "siprec",
            "streams",
            "transcriptions",
            "user_defined_message_subscriptions",
            "user_defined_messages");

    private final Network network;
    private final Account account;
    private final Set<String> ownNumbers;

    Calls(Network network, Account account, Set<String> ownNumbers) {
        this.network = network;
        this.account = account;
        this.ownNumbers = ownNumbers;
    }

    ObjectNode create(Form form) throws TwilioError {
        Parameters.expectOnly(form, PLAYED);
        String to = Parameters.required(form, "To", 21201, "No 'To' number is specified");
        String from = Parameters.required(form, "From", 21213, "Caller phone number is required");
        Parameters.expectReceiver(network, to);
        Parameters.expectSender(from, ownNumbers, 21210);
        var document = Parameters.callback(form, "Url", "Method", 21205);
        // Twilio ignores Twiml when Url is given too.
        Optional<String> twiml = document == null ? form.find("Twiml") : Optional.empty();
        if (document == null && twiml.isEmpty()) {
            throw TwilioError.refused(21205, "Url parameter is required");
        }
        CallRequest request = new CallRequest(
                from,
                to,
                document,
                twiml.orElse(null),
                Parameters.callback(form, "FallbackUrl", "FallbackMethod", 21205),
                Parameters.callback(form, "StatusCallback", "StatusCallbackMethod", 21609),
                events(form),
                timeout(form),
                null);
        return json(network.place(request));
    }

    Optional<ObjectNode> find(String sid) {
        return network.findCall(sid).map(this::json);
    }

    /// Takes back or hangs up. Twilio could also lead the call to another document.
    Optional<ObjectNode> update(String sid, Form form) throws TwilioError {
        Parameters.expectOnly(form, Set.of("Status"));
        Optional<PhoneCall> call = network.findCall(sid);
        if (call.isEmpty()) {
            return Optional.empty();
        }
        String status = form.find("Status").orElse("");
        if (!status.equals("canceled") && !status.equals("completed")) {
            throw TwilioError.refused(20001, "Status is \"%s\", expected canceled or completed".formatted(status));
        }
        if (call.get().status().isFinal()) {
            throw TwilioError.refused(21220, "Call is not in-progress. Cannot redirect.");
        }
        if (status.equals("canceled")) {
            network.cancelCall(sid);
        } else {
            network.endCall(sid);
        }
        return find(sid);
    }

    ObjectNode list(Form query) throws TwilioError {
        Parameters.expectOnly(query, FILTERS);
        TimeFilter started = TimeFilter.of(query, "StartTime");
        TimeFilter ended = TimeFilter.of(query, "EndTime");
        Optional<String> to = query.find("To");
        Optional<String> from = query.find("From");
        Optional<String> status = query.find("Status");
        List<PhoneCall> found = network.listCalls().stream()
                .filter(call -> to.isEmpty() || to.get().equals(call.to()))
                .filter(call -> from.isEmpty() || from.get().equals(call.from()))
                .filter(call ->
                        status.isEmpty() || status.get().equals(call.status().word()))
                .filter(call -> started.accepts(call.dialledAt()) && ended.accepts(call.endedAt()))
                .toList();
        return Page.of(
                found, query, "calls", "/2010-04-01/Accounts/%s/Calls.json".formatted(account.sid()), this::json);
    }

    private static Set<CallEvent> events(Form form) throws TwilioError {
        EnumSet<CallEvent> events = EnumSet.noneOf(CallEvent.class);
        for (String word : form.list("StatusCallbackEvent")) {
            CallEvent event = Arrays.stream(CallEvent.values())
                    .filter(known -> known.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> TwilioError.refused(
                            21626,
                            "StatusCallbackEvent \"%s\", expected initiated, ringing, answered or completed, each as a parameter of its own"
                                    .formatted(word)));
            events.add(event);
        }
        return events;
    }

    private static Duration timeout(Form form) throws TwilioError {
        String seconds = form.find("Timeout").orElse("60");
        if (!seconds.matches("[0-9]{1,3}") || Integer.parseInt(seconds) > 600) {
            throw TwilioError.refused(20001, "Timeout is %s, expected whole seconds up to 600".formatted(seconds));
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    private ObjectNode json(PhoneCall call) {
        String uri = "/2010-04-01/Accounts/%s/Calls/%s".formatted(account.sid(), call.sid());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", call.sid());
        json.put("date_created", TwilioTime.format(call.createdAt()));
        json.put("date_updated", TwilioTime.format(call.updatedAt()));
        json.put("parent_call_sid", call.parentSid());
        json.put("account_sid", account.sid());
        json.put("to", call.to());
        json.put("to_formatted", call.to());
        json.put("from", call.from());
        json.put("from_formatted", call.from());
        json.putNull("phone_number_sid");
        json.put("status", call.status().word());
        json.put("start_time", time(call.dialledAt()));
        json.put("end_time", isCompleted(call) ? time(call.endedAt()) : null);
        json.put("duration", isCompleted(call) ? seconds(call) : null);
        json.putNull("price");
        json.put("price_unit", "USD");
        json.put("direction", call.parentSid() == null ? "outbound-api" : "outbound-dial");
        json.putNull("answered_by");
        json.put("api_version", "2010-04-01");
        json.putNull("forwarded_from");
        json.putNull("group_sid");
        json.putNull("caller_name");
        json.put("queue_time", "0");
        json.putNull("trunk_sid");
        json.put("uri", uri + ".json");
        ObjectNode subresources = json.putObject("subresource_uris");
        for (String name : SUBRESOURCES) {
            subresources.put(name, uri + "/" + camelCase(name) + ".json");
        }
        return json;
    }

    private static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : TwilioTime.format(moment);
    }

    /// Twilio's description leaves the end and the length empty for calls that were busy, unanswered or failed.
    private static boolean isCompleted(PhoneCall call) {
        return call.status() == CallStatus.COMPLETED;
    }

    private static String seconds(PhoneCall call) {
        Instant from = Objects.requireNonNull(call.answeredAt(), "answeredAt");
        return Long.toString(Duration.between(from, Objects.requireNonNull(call.endedAt(), "endedAt"))
                .toSeconds());
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return camel.toString();
    }
}

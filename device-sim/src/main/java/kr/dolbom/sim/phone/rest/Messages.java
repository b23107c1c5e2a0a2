package kr.dolbom.sim.phone.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.sim.phone.http.Form;
import kr.dolbom.sim.phone.line.Account;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import kr.dolbom.sim.phone.line.Text;
import kr.dolbom.sim.phone.line.TextRequest;
import kr.dolbom.sim.phone.line.TwilioTime;

/// The Messages resource.
final class Messages {
    private static final int LONGEST_BODY = 1600;
    private static final Set<String> PLAYED = Set.of("To", "From", "Body", "StatusCallback", "ValidityPeriod");
    private static final Set<String> FILTERS =
            Set.of("To", "From", "DateSent", "DateSent<", "DateSent>", "Page", "PageSize");

    private final Network network;
    private final Account account;
    private final Set<String> ownNumbers;

    Messages(Network network, Account account, Set<String> ownNumbers) {
        this.network = network;
        this.account = account;
        this.ownNumbers = ownNumbers;
    }

    ObjectNode create(Form form) throws TwilioError {
        Parameters.expectOnly(form, PLAYED);
        String to = Parameters.required(form, "To", 21604, "A 'To' phone number is required.");
        String from = Parameters.required(form, "From", 21603, "A 'From' phone number is required.");
        String body = Parameters.required(form, "Body", 21602, "Message body is required.");
        if (body.length() > LONGEST_BODY) {
            throw TwilioError.refused(21617, "The concatenated message body exceeds the 1600 character limit");
        }
        Parameters.expectReceiver(network, to);
        Parameters.expectSender(from, ownNumbers, 21606);
        if (to.equals(from)) {
            throw TwilioError.refused(21266, "'To' and 'From' number cannot be the same: " + to);
        }
        var statusCallback = Parameters.callback(form, "StatusCallback", "", 21609);
        if (network.strikes(Fault.LANDLINE, Optional.of(to))) {
            throw TwilioError.refused(21614, "'To' number is not a valid mobile number: " + to);
        }
        if (network.strikes(Fault.OPTED_OUT, Optional.of(to))) {
            throw TwilioError.refused(21610, "Attempt to send to unsubscribed recipient");
        }
        return json(network.send(new TextRequest(from, to, body, statusCallback)));
    }

    Optional<ObjectNode> find(String sid) {
        return network.findText(sid).map(this::json);
    }

    ObjectNode list(Form query) throws TwilioError {
        Parameters.expectOnly(query, FILTERS);
        TimeFilter sent = TimeFilter.of(query, "DateSent");
        Optional<String> to = query.find("To");
        Optional<String> from = query.find("From");
        List<Text> found = network.listTexts().stream()
                .filter(text -> to.isEmpty() || to.get().equals(text.to()))
                .filter(text -> from.isEmpty() || from.get().equals(text.from()))
                .filter(text -> sent.accepts(text.sentAt()))
                .toList();
        return Page.of(
                found, query, "messages", "/2010-04-01/Accounts/%s/Messages.json".formatted(account.sid()), this::json);
    }

    private ObjectNode json(Text text) {
        String uri = "/2010-04-01/Accounts/%s/Messages/%s".formatted(account.sid(), text.sid());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("account_sid", account.sid());
        json.put("api_version", "2010-04-01");
        json.put("body", text.body());
        json.put("date_created", TwilioTime.format(text.createdAt()));
        json.put("date_sent", text.sentAt() == null ? null : TwilioTime.format(text.sentAt()));
        json.put("date_updated", TwilioTime.format(text.updatedAt()));
        json.put("direction", "outbound-api");
        json.put("error_code", text.errorCode());
        json.put("error_message", text.errorCode() == null ? null : TwilioError.meaning(text.errorCode()));
        json.put("from", text.from());
        json.putNull("messaging_service_sid");
        json.put("num_media", "0");
        json.put("num_segments", Integer.toString(Segments.of(text.body())));
        json.putNull("price");
        json.put("price_unit", "USD");
        json.put("sid", text.sid());
        json.put("status", text.status().word());
        json.put("to", text.to());
        json.put("uri", uri + ".json");
        json.putObject("subresource_uris").put("media", uri + "/Media.json");
        return json;
    }
}

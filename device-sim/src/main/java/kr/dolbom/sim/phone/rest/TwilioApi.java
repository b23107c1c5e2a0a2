package kr.dolbom.sim.phone.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.sim.phone.http.Form;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.Account;
import kr.dolbom.sim.phone.line.Fault;
import kr.dolbom.sim.phone.line.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers everything under `/2010-04-01`. Thread-safe.
public final class TwilioApi implements HttpHandler {
    /// Where the API begins.
    public static final String PREFIX = "/2010-04-01";

    private static final Logger log = LoggerFactory.getLogger(TwilioApi.class);
    private static final Duration LONGEST_HANG = Duration.ofMinutes(10);

    private static final Set<String> RESOURCES = Set.of("Messages", "Messages/", "Calls", "Calls/");

    private final Network network;
    private final Account account;
    private final Messages messages;
    private final Calls calls;
    private final RequestCounts counts = new RequestCounts();

    /// @param network what the API commands
    /// @param account the only account there is
    /// @param ownNumbers the numbers the account may send from; empty for any
    public TwilioApi(Network network, Account account, Set<String> ownNumbers) {
        this.network = network;
        this.account = account;
        this.messages = new Messages(network, account, ownNumbers);
        this.calls = new Calls(network, account, ownNumbers);
    }

    /// What was asked so far.
    public RequestCounts counts() {
        return counts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        WebExchange web = new WebExchange(exchange);
        try {
            answer(web);
        } catch (TwilioError e) {
            log.info("API request refused: method={} status={} code={}", web.method(), e.status(), e.code());
            if (e.status() == 401) {
                web.with("WWW-Authenticate", "Basic realm=\"Twilio API\"");
            }
            web.reply(e.status(), e.json());
        } catch (IllegalArgumentException e) {
            web.reply(
                    400,
                    TwilioError.refused(20001, String.valueOf(e.getMessage())).json());
        }
    }

    private void answer(WebExchange web) throws IOException, TwilioError {
        Form form = web.method().equals("POST") ? web.form() : Form.parse("");
        Request request = route(web);
        Optional<String> to = form.find("To");
        counts.add(request.kind(), to);
        authenticate(web);
        if (!request.account().equals(account.sid())) {
            throw TwilioError.notFound(web.path());
        }
        if (breaksOff(request, to)) {
            web.breakOff();
            return;
        }
        ObjectNode json = perform(request, form, web);
        if (network.strikes(Fault.API_LOST_REPLY, to)) {
            web.breakOff();
        } else if (network.strikes(Fault.API_NO_REPLY, to)) {
            network.awaitClosed(LONGEST_HANG);
            web.breakOff();
        } else {
            web.with("X-Twilio-Concurrent-Requests", "1")
                    .with(
                            "Twilio-Request-Id",
                            "RQ" + UUID.randomUUID().toString().replace("-", ""))
                    .reply(isCreation(request.kind()) ? 201 : 200, json);
        }
    }

    private record Request(RequestKind kind, String account, String sid) {}

    private static Request route(WebExchange web) throws TwilioError {
        List<String> parts = web.partsAfter(PREFIX);
        boolean one = parts.size() == 4;
        if (!(one || parts.size() == 3)
                || !parts.get(0).equals("Accounts")
                || !parts.getLast().endsWith(".json")) {
            throw TwilioError.notFound(web.path());
        }
        String last = parts.getLast().substring(0, parts.getLast().length() - ".json".length());
        String resource = one ? parts.get(2) + "/" : last;
        RequestKind kind = switch (web.method() + " " + resource) {
            case "POST Messages" -> RequestKind.CREATE_MESSAGE;
            case "GET Messages" -> RequestKind.LIST_MESSAGES;
            case "GET Messages/" -> RequestKind.FETCH_MESSAGE;
            case "POST Calls" -> RequestKind.CREATE_CALL;
            case "GET Calls" -> RequestKind.LIST_CALLS;
            case "GET Calls/" -> RequestKind.FETCH_CALL;
            case "POST Calls/" -> RequestKind.UPDATE_CALL;
            default -> {
                if (RESOURCES.contains(resource)) {
                    throw new TwilioError(405, 20004, "Method not allowed");
                }
                throw TwilioError.notFound(web.path());
            }
        };
        return new Request(kind, parts.get(1), one ? last : "");
    }

    private void authenticate(WebExchange web) throws TwilioError {
        byte[] given = web.header("Authorization").getBytes(StandardCharsets.UTF_8);
        // While one token is being exchanged for the other, both are good.
        boolean known = Stream.of(account.authToken(), account.secondaryAuthToken())
                .filter(token -> !token.isEmpty())
                .map(token -> Base64.getEncoder()
                        .encodeToString((account.sid() + ":" + token).getBytes(StandardCharsets.UTF_8)))
                .anyMatch(basic -> MessageDigest.isEqual(("Basic " + basic).getBytes(StandardCharsets.UTF_8), given));
        if (!known) {
            throw new TwilioError(401, 20003, "Authenticate");
        }
    }

    /// Lets the faults of the API strike that come before anything is done.
    ///
    /// @return whether the connection is to be closed without an answer
    private boolean breaksOff(Request request, Optional<String> to) throws TwilioError {
        if (network.strikes(Fault.API_400, to)) {
            throw request.kind() == RequestKind.CREATE_CALL
                    ? TwilioError.refused(21214, "'To' phone number cannot be reached")
                    : TwilioError.refused(21612, "The 'To' phone number is not currently reachable");
        }
        if (network.strikes(Fault.API_429, to)) {
            throw new TwilioError(429, 20429, "Too Many Requests");
        }
        if (network.strikes(Fault.API_500, to)) {
            throw new TwilioError(500, 20500, "An internal server error has occurred");
        }
        if (network.strikes(Fault.API_503, to)) {
            throw new TwilioError(503, 20503, "Service Unavailable");
        }
        if (network.strikes(Fault.API_HANG, to)) {
            network.awaitClosed(LONGEST_HANG);
            return true;
        }
        return network.strikes(Fault.API_CLOSE, to);
    }

    private ObjectNode perform(Request request, Form form, WebExchange web) throws TwilioError {
        Optional<ObjectNode> found = switch (request.kind()) {
            case CREATE_MESSAGE -> Optional.of(messages.create(form));
            case LIST_MESSAGES -> Optional.of(messages.list(web.query()));
            case FETCH_MESSAGE -> messages.find(request.sid());
            case CREATE_CALL -> Optional.of(calls.create(form));
            case LIST_CALLS -> Optional.of(calls.list(web.query()));
            case FETCH_CALL -> calls.find(request.sid());
            case UPDATE_CALL -> calls.update(request.sid(), form);
        };
        return found.orElseThrow(() -> TwilioError.notFound(web.path()));
    }

    private static boolean isCreation(RequestKind kind) {
        return kind == RequestKind.CREATE_MESSAGE || kind == RequestKind.CREATE_CALL;
    }
}

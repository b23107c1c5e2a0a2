package kr.dolbom.sim.phone.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.sim.phone.http.WebExchange;
import kr.dolbom.sim.phone.line.Network;

/// The push service: `POST /push/{id}` for senders, subscriptions and what came for tests. Thread-safe.
///
/// A request that is not in order is refused as push services do: 400 without TTL, 401 without proof, 403 with a wrong
/// one, 413 beyond 4,096 bytes, 400 when the browser could not open it. All others get their subscription's answer.
public final class PushService implements HttpHandler {
    /// Where it begins.
    public static final String PREFIX = "/push";

    private static final int MOST_BYTES = 4096;
    private static final List<String> HEADERS = List.of("TTL", "Urgency", "Topic", "Authorization", "Content-Encoding");

    private final Network network;
    private final String origin;
    private final Map<String, BrowserKeys> keys = new LinkedHashMap<>();
    private final Map<String, PushAnswer> answers = new LinkedHashMap<>();
    private final List<PushNotice> notices = new ArrayList<>();

    /// @param network whose lock and clock it shares
    /// @param origin where the simulator listens, without a slash at the end
    public PushService(Network network, String origin) {
        this.network = network;
        this.origin = origin;
    }

    /// A new subscription, as a browser makes it.
    public PushSubscription subscribe() {
        try {
            String id = UUID.randomUUID().toString();
            BrowserKeys own = BrowserKeys.generate();
            network.monitor().update(() -> keys.put(id, own));
            return new PushSubscription(id, "%s%s/%s".formatted(origin, PREFIX, id), own.p256dh(), own.auth());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no P-256", e);
        }
    }

    /// Says what requests to a subscription get from now on.
    ///
    /// @throws IllegalArgumentException when there is no such subscription
    public void answer(String id, PushAnswer answer) {
        network.monitor().update(() -> {
            if (!keys.containsKey(id)) {
                throw new IllegalArgumentException("There is no subscription " + id);
            }
            answers.put(id, answer);
        });
    }

    /// Every request that came, oldest first, also those that were refused.
    public List<PushNotice> notices() {
        return network.monitor().read(() -> List.copyOf(notices));
    }

    /// Those to one subscription.
    public List<PushNotice> notices(String id) {
        return notices().stream()
                .filter(notice -> notice.subscription().equals(id))
                .toList();
    }

    /// Waits until so many requests to a subscription came, and gives them all.
    ///
    /// @throws IllegalStateException when they do not come in time
    public List<PushNotice> awaitNotices(String id, int count, Duration limit) {
        if (!network.monitor().await(() -> notices(id).size() >= count, limit)) {
            throw new IllegalStateException(
                    "No %d push messages to %s within %s; there are %s".formatted(count, id, limit, notices(id)));
        }
        return notices(id);
    }

    /// A subscription as browsers write it.
    public static ObjectNode json(PushSubscription subscription) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", subscription.id());
        json.put("endpoint", subscription.endpoint());
        json.putObject("keys").put("p256dh", subscription.p256dh()).put("auth", subscription.auth());
        return json;
    }

    /// What came, for scripts.
    public static ObjectNode json(PushNotice notice) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", notice.at().toString());
        json.put("subscription", notice.subscription());
        ObjectNode headers = json.putObject("headers");
        notice.headers().forEach(headers::put);
        return json.put("text", notice.text()).put("status", notice.status()).put("fault", notice.fault());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        WebExchange web = new WebExchange(exchange);
        List<String> parts = web.partsAfter(PREFIX);
        if (!web.method().equals("POST") || parts.size() != 1) {
            web.reply(404, "text/plain", new byte[0]);
            return;
        }
        String id = parts.getFirst();
        PushNotice notice = judge(id, web, web.body());
        network.monitor().update(() -> notices.add(notice));
        if (notice.status() == 201) {
            web.with("Location", "%s%s/messages/%s".formatted(origin, PREFIX, UUID.randomUUID()));
        } else if (notice.status() == 429) {
            web.with("Retry-After", "60");
        }
        web.reply(notice.status(), "text/plain; charset=utf-8", notice.fault().getBytes(StandardCharsets.UTF_8));
    }

    private PushNotice judge(String id, WebExchange web, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        HEADERS.stream()
                .filter(name -> !web.header(name).isEmpty())
                .forEach(name -> headers.put(name, web.header(name)));
        BrowserKeys own = network.monitor().read(() -> keys.get(id));
        int status;
        String text = "";
        String fault = "";
        String proof = Vapid.fault(web.header("Authorization"), origin, network.now());
        if (own == null) {
            status = 404;
            fault = "there is no subscription " + id;
        } else if (!web.header("TTL").matches("[0-9]{1,9}")) {
            status = 400;
            fault = "TTL is missing";
        } else if (!proof.isEmpty()) {
            status = web.header("Authorization").isEmpty() ? 401 : 403;
            fault = proof;
        } else if (body.length > MOST_BYTES) {
            status = 413;
            fault = "%d bytes, expected at most %d".formatted(body.length, MOST_BYTES);
        } else {
            try {
                text = body.length == 0 ? "" : open(own, web, body);
                status = network.monitor()
                        .read(() -> answers.getOrDefault(id, PushAnswer.CREATED))
                        .status();
            } catch (GeneralSecurityException e) {
                status = 400;
                fault = "the browser could not open it: " + e.getMessage();
            }
        }
        return new PushNotice(network.now(), id, headers, text, status, fault);
    }

    private static String open(BrowserKeys own, WebExchange web, byte[] body) throws GeneralSecurityException {
        if (!web.header("Content-Encoding").equals("aes128gcm")) {
            throw new GeneralSecurityException("Content-Encoding is not aes128gcm");
        }
        return own.open(body);
    }
}

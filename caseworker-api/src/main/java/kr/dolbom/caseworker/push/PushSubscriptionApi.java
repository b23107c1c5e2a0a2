package kr.dolbom.caseworker.push;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The browsers in which whoever is signed in wants to be told of alerts.
@Controller("/api/v1/push-subscriptions")
@Tag(name = "push")
@Secured({Role.CASEWORKER, Role.SUPERVISOR})
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class PushSubscriptionApi {
    private static final String KEY = "65 bytes in base64url: an uncompressed point of P-256";
    private static final String AUTH = "16 bytes in base64url";
    private static final String ENDPOINT = "the https address of a push service, at most 1000 characters";

    private final Transactions transactions;
    private final PushSettings settings;
    private final PushKey key;
    private final Clock clock;

    PushSubscriptionApi(Transactions transactions, PushSettings settings, PushKey key, Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.key = key;
        this.clock = clock;
    }

    /// A subscription as the browser's `PushSubscription.toJSON()` writes it.
    ///
    /// @param endpoint where its push service takes messages
    /// @param expirationTime when the browser says that it ends; not kept, for the push service tells us
    /// @param keys what messages to it are encrypted with
    @Introspected
    public record NewSubscription(
            @NotNull(message = ENDPOINT) @Size(max = 1000, message = ENDPOINT) String endpoint,

            @Nullable Double expirationTime,

            @NotNull(message = "p256dh and auth") @Valid Keys keys) {
        /// Without what it takes to send to it.
        @Override
        public String toString() {
            return "NewSubscription[…]";
        }
    }

    /// What messages to a browser are encrypted with.
    ///
    /// @param p256dh its half of the key agreement, base64url
    /// @param auth its secret, base64url
    @Introspected
    public record Keys(
            @NotNull(message = KEY) @Pattern(regexp = "B[A-Za-z0-9_-]{86}=?", message = KEY) String p256dh,

            @NotNull(message = AUTH) @Pattern(regexp = "[A-Za-z0-9_-]{22}(==)?", message = AUTH)
            String auth) {
        /// Without them.
        @Override
        public String toString() {
            return "Keys[…]";
        }
    }

    /// A subscription.
    ///
    /// @param subscriptionId the public id
    /// @param pushService the host of its push service
    /// @param subscribedAt since when, in UTC
    @Introspected
    public record Subscription(UUID subscriptionId, String pushService, OffsetDateTime subscribedAt) {}

    /// To which key browsers subscribe.
    ///
    /// @param applicationServerKey an uncompressed point of P-256, base64url
    @Introspected
    public record Key(String applicationServerKey) {}

    /// The key that a browser's `pushManager.subscribe` needs.
    @Get("/key")
    Key key() {
        return new Key(
                Base64.getUrlEncoder().withoutPadding().encodeToString(key.get().extractPublicKeyInUncompressedForm()));
    }

    /// The own subscriptions.
    @Get
    List<Subscription> list(@Parameter(hidden = true) Viewer viewer) {
        return transactions.run(connection -> PushSubscriptions.list(connection, caseworkerOf(viewer))).stream()
                .map(browser -> new Subscription(
                        browser.subscriptionId(),
                        browser.endpoint().getHost(),
                        browser.subscribedAt().atOffset(ZoneOffset.UTC)))
                .toList();
    }

    /// Subscribes a browser. One that is subscribed already is renewed, and belongs to whoever is signed
    /// in now.
    @Post
    HttpResponse<Subscription> add(@Body @Valid NewSubscription wanted, @Parameter(hidden = true) Viewer viewer) {
        URI endpoint = endpoint(wanted.endpoint());
        Subscription added = transactions.run(connection -> {
            var now = clock.instant();
            UUID id = PushSubscriptions.add(
                    connection,
                    caseworkerOf(viewer),
                    endpoint,
                    wanted.keys().p256dh(),
                    wanted.keys().auth(),
                    now);
            AuditLog.write(connection, viewer.actor(), "push-subscribed", null, Map.of("subscription", id.toString()));
            return new Subscription(id, endpoint.getHost(), now.atOffset(ZoneOffset.UTC));
        });
        return HttpResponse.created(added);
    }

    /// Takes one of the own subscriptions back.
    @Delete("/{subscriptionId}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID subscriptionId, @Parameter(hidden = true) Viewer viewer) {
        transactions.run(connection -> {
            if (!PushSubscriptions.remove(connection, caseworkerOf(viewer), subscriptionId)) {
                throw Problem.notFound("push subscription", subscriptionId);
            }
            AuditLog.write(
                    connection,
                    viewer.actor(),
                    "push-unsubscribed",
                    null,
                    Map.of("subscription", subscriptionId.toString()));
            return subscriptionId;
        });
    }

    private URI endpoint(String text) {
        try {
            URI endpoint = URI.create(text);
            if (settings.isPushService(endpoint)) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("endpoint", text, ENDPOINT);
        }
        throw Problem.invalid("endpoint", text, ENDPOINT + "; known are " + String.join(", ", settings.hosts()));
    }

    private static int caseworkerOf(Viewer viewer) {
        return Objects.requireNonNull(viewer.account().caseworkerNo());
    }
}

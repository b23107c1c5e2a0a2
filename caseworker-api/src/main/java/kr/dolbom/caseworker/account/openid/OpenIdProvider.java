package kr.dolbom.caseworker.account.openid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the city's sign-in who somebody is: discovery, exchange of the code, and the signature, issuer,
/// audience, time and nonce of the ID token. Its keys are fetched for each token, so that a changed key
/// is known at once. Safe for use by many threads.
@Singleton
final class OpenIdProvider {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ENDPOINTS = List.of("authorization_endpoint", "token_endpoint", "jwks_uri");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final OpenIdSettings settings;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private volatile @Nullable JsonNode discovered;

    OpenIdProvider(OpenIdSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// The provider did not say who somebody is.
    static final class Refused extends Exception {
        Refused(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    boolean isThere() {
        return !settings.issuer().isBlank();
    }

    /// Where to send the browser.
    URI authorization(URI back, String state, String nonce, String challenge) throws Refused {
        return URI.create(discover().path("authorization_endpoint").asText() + "?"
                + form(Map.of(
                        "response_type",
                        "code",
                        "scope",
                        "openid email",
                        "client_id",
                        settings.clientId(),
                        "redirect_uri",
                        back.toString(),
                        "state",
                        state,
                        "nonce",
                        nonce,
                        "code_challenge",
                        challenge,
                        "code_challenge_method",
                        "S256")));
    }

    /// Who brought this code.
    JWTClaimsSet redeem(String code, URI back, String verifier, String nonce) throws Refused {
        JsonNode provider = discover();
        String basic = Base64.getEncoder()
                .encodeToString((encode(settings.clientId()) + ":" + encode(settings.clientSecret()))
                        .getBytes(StandardCharsets.UTF_8));
        JsonNode answer = send(HttpRequest.newBuilder(
                        URI.create(provider.path("token_endpoint").asText()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        back.toString(),
                        "code_verifier",
                        verifier)))));
        JsonNode keys =
                send(HttpRequest.newBuilder(URI.create(provider.path("jwks_uri").asText())));
        return verify(answer.path("id_token").asText(), keys.toString(), nonce);
    }

    private JWTClaimsSet verify(String token, String keys, String nonce) throws Refused {
        try {
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
                    new ImmutableJWKSet<>(JWKSet.parse(keys))));
            processor.setJWTClaimsSetVerifier((_, _) -> {});
            JWTClaimsSet claims = processor.process(token, null);
            Instant now = clock.instant();
            Date expires = claims.getExpirationTime();
            String trouble = !settings.issuer().equals(claims.getIssuer())
                    ? "another issuer"
                    : !claims.getAudience().contains(settings.clientId())
                            ? "for another client"
                            : expires == null || expires.toInstant().plus(SKEW).isBefore(now)
                                    ? "too old"
                                    : !nonce.equals(claims.getStringClaim("nonce")) ? "for another browser" : "";
            if (!trouble.isEmpty() || claims.getSubject() == null) {
                throw new Refused("its token is " + (trouble.isEmpty() ? "without a subject" : trouble), null);
            }
            return claims;
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new Refused("its token cannot be believed: " + e.getMessage(), e);
        }
    }

    private JsonNode discover() throws Refused {
        JsonNode known = discovered;
        if (known == null) {
            known = send(HttpRequest.newBuilder(
                    URI.create(settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration")));
            if (!settings.issuer().equals(known.path("issuer").asText())) {
                throw new Refused("it calls itself " + known.path("issuer").asText(), null);
            }
            for (String endpoint : ENDPOINTS) {
                if (!known.path(endpoint).asText().matches("https?://[^/\\s]+(/\\S*)?")) {
                    throw new Refused("its document has no " + endpoint, null);
                }
            }
            discovered = known;
        }
        return known;
    }

    private JsonNode send(HttpRequest.Builder request) throws Refused {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Refused("%s answered %d".formatted(answer.uri(), answer.statusCode()), null);
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Refused("it cannot be asked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("it was not asked to the end", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

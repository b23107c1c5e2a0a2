package kr.dolbom.caseworker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A small OpenID provider: discovery, keys, codes with PKCE, ID tokens signed by a real RSA key; and it can lie.
final class CityAccounts implements AutoCloseable {
    static final String CLIENT = "dolbom";
    static final String SECRET = "a secret of the city";

    private final HttpServer server;
    private final RSAKey key;
    private final RSAKey otherKey;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, String> lies = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();

    CityAccounts() {
        try {
            key = new RSAKeyGenerator(2048).keyID("city-1").generate();
            otherKey = new RSAKeyGenerator(2048).keyID("city-1").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Who sits in front of the provider's page.
    void person(String subject, String email, boolean checked) {
        person = Map.of("sub", subject, "email", email, "email_verified", checked);
    }

    /// A claim that is wrong in the next tokens; `key` signs them by another key, `endpoint` is
    /// what the document calls the one for tokens.
    void lie(String claim, String value) {
        lies.put(claim, value);
    }

    void beHonest() {
        lies.clear();
    }

    /// What the browser does at the provider's page: signs in, and is sent back with a code.
    ///
    /// @return where it is sent
    String authorize(URI page) {
        Map<String, String> asked = fields(page.getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return asked.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" ->
                json(Map.of(
                        "issuer",
                        issuer(),
                        "authorization_endpoint",
                        issuer() + "/authorize",
                        lies.getOrDefault("endpoint", "token_endpoint"),
                        issuer() + "/token",
                        "jwks_uri",
                        issuer() + "/keys"));
            case "/keys" -> new JWKSet(key.toPublicJWK()).toString();
            case "/token" -> redeem(exchange);
            default -> "";
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body.isEmpty() ? 400 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String redeem(HttpExchange exchange) throws IOException {
        Map<String, String> brought =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(brought.getOrDefault("code", ""));
        String client = CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        boolean isClient = ("Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (asked == null
                || !isClient
                || !Objects.equals(asked.get("redirect_uri"), brought.get("redirect_uri"))
                || !Objects.equals(asked.get("code_challenge"), challenge(brought.getOrDefault("code_verifier", "")))) {
            return "";
        }
        return json(Map.of(
                "access_token", "none", "token_type", "Bearer", "id_token", token(asked.getOrDefault("nonce", ""))));
    }

    @SuppressWarnings("JavaUtilDate") // as the library has it
    private String token(String nonce) {
        long expires = lies.containsKey("exp") ? 1 : System.currentTimeMillis() / 1000 + 300;
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(lies.getOrDefault("iss", issuer()))
                .audience(lies.getOrDefault("aud", CLIENT))
                .subject((String) person.get("sub"))
                .claim("email", person.get("email"))
                .claim("email_verified", person.get("email_verified"))
                .claim("nonce", lies.getOrDefault("nonce", nonce))
                .expirationTime(Date.from(Instant.ofEpochSecond(expires)))
                .build();
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("city-1").build(), claims);
            jwt.sign(new RSASSASigner(lies.containsKey("key") ? otherKey : key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0],
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                        (one, other) -> one,
                        HashMap::new));
    }

    private static String json(Map<String, ?> members) {
        return new ObjectMapper().valueToTree(members).toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

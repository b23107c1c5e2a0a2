package kr.dolbom.caseworker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Csrf;
import org.jspecify.annotations.Nullable;

/// Somebody with a browser or a REST client; follows no redirect by itself.
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String OWN = ", my own";
    private static final String SESSION = "dolbom_session";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private @Nullable Map<String, String> credentials;
    private @Nullable String token;
    private @Nullable String csrf;
    private boolean isProven = true;

    Client(String url) {
        this.url = url;
    }

    Client with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /// A program: asks for a token when it first needs one, and again when that one is over.
    Client as(String login, String password) {
        credentials = Map.of("login", login, "password", password);
        return this;
    }

    /// A program with a token that it has.
    Client withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /// Signs in as people do: opens the page, sends the form, keeps the cookies.
    Client signIn(String login, String password) {
        with("Origin", url).with("Accept", "text/html");
        get("/sign-in");
        form("/sign-in", Map.of("login", login, "password", password));
        return this;
    }

    /// Forgets what proves that its requests come from a page of ours.
    Client withoutProof() {
        isProven = false;
        return this;
    }

    /// The same browser's cookies at another address.
    Client withCookiesOf(Client other) {
        cookies.putAll(other.cookies);
        return this;
    }

    Client withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /// The value of a cookie; null when there is none.
    @Nullable String cookie(String name) {
        return cookies.get(name);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    HttpResponse<String> post(String path, String json) {
        return send(script(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    HttpResponse<String> csv(String path, String lines) {
        return send(script(path)
                .header("Content-Type", "text/csv; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build());
    }

    HttpResponse<String> put(String path, String json) {
        return send(script(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    HttpResponse<String> delete(String path) {
        return send(script(path).DELETE().build());
    }

    /// Sends a form as the page has it that was read last, with the hidden field.
    ///
    /// @param more names and values by turns, for names that come more than once
    HttpResponse<String> form(String path, Map<String, String> form, String... more) {
        var fields = new LinkedHashMap<>(form);
        String proof = cookies.containsKey(SESSION) && !path.startsWith("/sign-in")
                ? Csrf.tokenOf(cookies.get(SESSION))
                : csrf;
        if (isProven && proof != null) {
            fields.putIfAbsent("_csrf", proof);
        }
        String body = Stream.concat(
                        fields.entrySet().stream(),
                        IntStream.range(0, more.length / 2).mapToObj(i -> Map.entry(more[2 * i], more[2 * i + 1])))
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /// Sends a form with a file.
    HttpResponse<String> upload(String path, Map<String, String> form, String file, byte[] content) {
        String boundary = "----a-boundary-that-is-in-no-file";
        var fields = new LinkedHashMap<String, String>();
        if (isProven && cookies.containsKey(SESSION)) {
            fields.put(Csrf.FIELD, Csrf.tokenOf(cookies.get(SESSION)));
        }
        fields.putAll(form);
        var body = new ByteArrayOutputStream();
        fields.forEach(
                (name, value) -> body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(boundary, name, value)
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n"
                        .formatted(boundary, file)
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    /// Opens a stream and gives it as it comes.
    InputStream open(String path) {
        try {
            return HTTP.send(
                            request(path)
                                    .header("Accept", "text/event-stream")
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("no JSON: " + response.body(), e);
        }
    }

    /// As a page's script asks.
    private HttpRequest.Builder script(String path) {
        HttpRequest.Builder request = request(path);
        if (isProven && cookies.containsKey(SESSION)) {
            request.setHeader("X-CSRF-Token", Csrf.tokenOf(cookies.get(SESSION)));
        }
        return request;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path));
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.setHeader(
                    "Cookie", cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        if (credentials == null) {
            return exchange(request);
        }
        HttpResponse<String> answer = exchange(withToken(request, false));
        return answer.statusCode() == 401 ? exchange(withToken(request, true)) : answer;
    }

    private HttpRequest withToken(HttpRequest request, boolean isOver) {
        if (token == null || isOver) {
            Map<String, String> account = Objects.requireNonNull(credentials);
            String login = Objects.requireNonNull(account.get("login"));
            String password = Objects.requireNonNull(account.get("password"));
            HttpResponse<String> answer = askForToken(login, password);
            if (answer.statusCode() == 403) {
                // The first password is from somebody else: a program has to choose its own, as people have.
                exchange(HttpRequest.newBuilder(URI.create(url + "/api/v1/password"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json(Map.of(
                                "login", login,
                                "password", password,
                                "newPassword", password + OWN))))
                        .build());
            }
            if (answer.statusCode() != 201) {
                answer = askForToken(login, password + OWN);
            }
            token = answer.statusCode() == 201 ? json(answer).get("token").asText() : "none";
        }
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader("Authorization", "Bearer " + token)
                .build();
    }

    private HttpResponse<String> askForToken(String login, String password) {
        return exchange(HttpRequest.newBuilder(URI.create(url + "/api/v1/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(Map.of("login", login, "password", password))))
                .build());
    }

    private static String json(Map<String, String> members) {
        return JSON.valueToTree(members).toString();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            for (String line : answer.headers().allValues("Set-Cookie")) {
                HttpCookie cookie = HttpCookie.parse(line).getFirst();
                if (cookie.getMaxAge() == 0) {
                    cookies.remove(cookie.getName());
                } else {
                    cookies.put(cookie.getName(), cookie.getValue());
                }
            }
            Matcher field = CSRF.matcher(answer.body());
            if (field.find()) {
                csrf = field.group(1);
            }
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package kr.dolbom.sim.phone.line;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the browsers of all phones fetch pages with. Thread-safe.
final class LinkClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>");
    private static final Pattern ACTION = Pattern.compile("(?is)\\baction\\s*=\\s*[\"']?([^\"'\\s>]+)");
    private static final Pattern POSTS = Pattern.compile("(?is)\\bmethod\\s*=\\s*[\"']?post");

    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    LinkClient(InstantSource clock) {
        this.clock = clock;
    }

    LinkVisit open(String url) {
        return visit("GET", url);
    }

    /// Sends the page's form as its button does: without fields, to its address or else the page's own. Empty when the
    /// page has no form that posts.
    Optional<LinkVisit> press(LinkVisit seen) {
        return FORM.matcher(seen.page())
                .results()
                .map(form -> form.group(1))
                .filter(form -> POSTS.matcher(form).find())
                .findFirst()
                .map(form -> {
                    Matcher action = ACTION.matcher(form);
                    String target = action.find() ? action.group(1) : "";
                    return visit(
                            "POST",
                            target.isEmpty()
                                    ? seen.url()
                                    : URI.create(seen.url()).resolve(target).toString());
                });
    }

    private LinkVisit visit(String method, String url) {
        Instant at = clock.instant();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(LIMIT)
                            .header("Accept", "text/html")
                            .header("Accept-Language", "ko-KR,ko;q=0.9")
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new LinkVisit(at, method, url, response.statusCode(), response.body());
        } catch (IOException e) {
            return new LinkVisit(at, method, url, 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LinkVisit(at, method, url, 0, e.toString());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}

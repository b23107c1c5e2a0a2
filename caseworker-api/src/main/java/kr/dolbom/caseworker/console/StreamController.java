package kr.dolbom.caseworker.console;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.words.Words;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Keeps open pages up to date: the live part of a page is sent whenever it looks different from what was sent before.
@Controller
@Hidden
@Secured({Role.CASEWORKER, Role.OPERATOR})
final class StreamController {
    private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// Then the browser comes again, and is asked again who it is.
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Console console;
    private final AlertFeed feed;
    private final Pages pages;
    private final Scheduler threads = Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

    StreamController(Console console, AlertFeed feed, Pages pages) {
        this.console = console;
        this.feed = feed;
        this.pages = pages;
    }

    @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> stream(HttpRequest<?> request, Viewer viewer, @QueryValue Optional<UUID> alert) {
        Words words = PreferredWords.of(request);
        Set<Integer> shown = new HashSet<>();
        Supplier<String> render = alert.<Supplier<String>>map(
                        alertId -> () -> pages.render("alert-live.jte", console.alert(alertId, viewer, words, "")))
                .orElse(() -> pages.render("queue-live.jte", console.queue(viewer, words, shown)));
        var last = new AtomicReference<>("");
        // Every tick looks again, so that it does not matter which of many is dropped while one is being rendered.
        return Flux.merge(
                        Flux.just("*"), feed.changes(), Flux.interval(HEARTBEAT).map(Object::toString))
                .onBackpressureLatest()
                .publishOn(threads, 1)
                .map(tick -> {
                    String html = render.get();
                    boolean same = html.equals(last.getAndSet(html));
                    return same ? Event.of("-").name("alive") : Event.of(html).name("live");
                })
                .take(LIFETIME)
                .onErrorResume(e -> {
                    LOG.warn("A page's stream ends reason=\"{}\"", e.getMessage());
                    return Flux.empty();
                });
    }
}

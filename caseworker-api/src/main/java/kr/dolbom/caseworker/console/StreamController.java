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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.SignedIn;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Keeps open pages up to date: the live part of a page is sent whenever it looks different from what was sent before.
/// Before anything is sent it is asked whether whoever opened the page is still signed in, and is still who they were:
/// if not, the page is told so ([#SIGNED_OUT]) and the stream ends, after 15 s at the latest.
@Controller
@Hidden
@Secured({Role.CASEWORKER, Role.SUPERVISOR, Role.OPERATOR})
final class StreamController {
    private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// How long a stream goes on after the page was asked to open the next one: nothing is missed between the two.
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final String LIFE = "life";

    /// The page forgets what it shows and is loaded again: that asks to sign in.
    private static final String SIGNED_OUT = "signed-out";

    /// The page opens the next stream, and lets this one go when that speaks.
    private static final String RENEW = "renew";

    private final StreamSettings settings;
    private final Sessions sessions;
    private final Console console;
    private final QueueList list;
    private final AlertBoard board;
    private final AlertFeed feed;
    private final Frames frames;
    private final Pages pages;
    private final Scheduler threads = Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

    StreamController(
            StreamSettings settings,
            Sessions sessions,
            Console console,
            QueueList list,
            AlertBoard board,
            AlertFeed feed,
            Frames frames,
            Pages pages) {
        this.settings = settings;
        this.sessions = sessions;
        this.console = console;
        this.list = list;
        this.board = board;
        this.feed = feed;
        this.frames = frames;
        this.pages = pages;
    }

    @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> stream(
            HttpRequest<?> request,
            Viewer viewer,
            @QueryValue Optional<UUID> alert,
            @QueryValue Optional<String> since) {
        String known =
                request.getHeaders().findFirst("Last-Event-ID").or(() -> since).orElse("");
        UUID sessionId = SignedIn.find(request)
                .map(SignedIn::sessionId)
                .orElseThrow(() -> Problem.unauthorized("Sign in first."));
        BooleanSupplier isSignedIn = () ->
                sessions.findAccount(sessionId).filter(viewer.account()::equals).isPresent();
        Flux<Event<String>> events = alert.map(alertId -> alertStream(alertId, known, request, viewer, isSignedIn))
                .orElseGet(() -> listStream(known, viewer, PreferredWords.of(request), isSignedIn));
        Mono<Event<String>> renewal =
                Mono.delay(settings.lifetime()).map(passed -> Event.of("-").name(RENEW));
        return Flux.merge(events, renewal)
                .takeUntil(event -> SIGNED_OUT.equals(event.getName()))
                .take(settings.lifetime().plus(OVERLAP))
                .onErrorResume(e -> {
                    LOG.warn("A page's stream ends reason=\"{}\"", e.getMessage());
                    return Flux.empty();
                });
    }

    /// The rows that have changed, and a sign of life. Every tick looks at all that has changed since what was sent, so
    /// that it does not matter which of many ticks is dropped while one is worked on.
    private Flux<Event<String>> listStream(String since, Viewer viewer, Words words, BooleanSupplier isSignedIn) {
        var sent = new AtomicReference<>(since);
        return whileSignedIn(isSignedIn, ticks(board.changes()), tick -> {
            QueueList.Update update = list.since(Objects.requireNonNull(sent.get()), viewer, words);
            sent.set(update.version());
            if (!update.json().isEmpty()) {
                return Event.of(update.json()).name("rows").id(update.version());
            }
            return tick.equals(LIFE)
                    ? Event.of(list.sign(viewer, words)).name("alive").id(update.version())
                    : null;
        });
    }

    /// The alert's page, whenever it looks different from what was sent before.
    private Flux<Event<String>> alertStream(
            UUID alertId, String since, HttpRequest<?> request, Viewer viewer, BooleanSupplier isSignedIn) {
        var seen = new AtomicReference<>(since);
        var last = new AtomicReference<>("");
        Flux<String> changes =
                feed.changes().filter(changed -> changed.equals(alertId.toString()) || changed.equals(AlertFeed.ANY));
        return whileSignedIn(isSignedIn, ticks(changes), tick -> {
            Frame frame = frames.of(request, viewer, Section.QUEUE);
            AlertPage page = console.liveAlert(alertId, viewer, frame, Objects.requireNonNull(seen.get()));
            seen.set(page.version());
            String html = pages.render("alert-stream.jte", page);
            boolean same = html.equals(last.getAndSet(html));
            return (same ? Event.of("-").name("alive") : Event.of(html).name("live")).id(page.version());
        });
    }

    /// What is seen at each tick, null for nothing, for as long as somebody is signed in.
    private static Flux<Event<String>> whileSignedIn(
            BooleanSupplier isSignedIn, Flux<String> ticks, Function<String, @Nullable Event<String>> look) {
        return ticks.handle((tick, sink) -> {
            if (!isSignedIn.getAsBoolean()) {
                sink.next(Event.of("-").name(SIGNED_OUT));
                sink.complete();
                return;
            }
            Event<String> event = look.apply(tick);
            if (event != null) {
                sink.next(event);
            }
        });
    }

    private Flux<String> ticks(Flux<String> changes) {
        return Flux.merge(Flux.just(LIFE), changes, Flux.interval(HEARTBEAT).map(beat -> LIFE))
                .onBackpressureLatest()
                .publishOn(threads, 1);
    }
}

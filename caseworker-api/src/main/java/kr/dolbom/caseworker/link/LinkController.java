package kr.dolbom.caseworker.link;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.desk.AlertDesk;
import kr.dolbom.caseworker.desk.Ownership;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptReports;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.LinkSigner;
import kr.dolbom.caseworker.escalation.Purpose;
import kr.dolbom.caseworker.escalation.SendResult;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.response.ResponseSettings;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Opens and uses one-time links.
@Controller("/a/{token}")
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LinkController {
    private final Transactions transactions;
    private final LinkSigner links;
    private final AlertDesk desk;
    private final Ownership ownership;
    private final ResponseSettings settings;
    private final Pages pages;
    private final ClientAddress addresses;
    private final Clock clock;

    LinkController(
            Transactions transactions,
            LinkSigner links,
            AlertDesk desk,
            Ownership ownership,
            ResponseSettings settings,
            Pages pages,
            ClientAddress addresses,
            Clock clock) {
        this.transactions = transactions;
        this.links = links;
        this.desk = desk;
        this.ownership = ownership;
        this.settings = settings;
        this.pages = pages;
        this.addresses = addresses;
        this.clock = clock;
    }

    private record Link(Attempt attempt, @Nullable Instant usedAt) {}

    /// Shows the alert; changes nothing. A used link still shows it to whoever took it, until it is over.
    @Get
    HttpResponse<String> show(HttpRequest<?> request, String token) {
        return transactions.run(connection -> {
            Optional<Link> link = find(connection, token);
            if (link.isEmpty() || !(isUsable(link.get()) || isOfOwner(connection, link.get()))) {
                return useless(connection, request, link);
            }
            Attempt attempt = link.get().attempt();
            Alert alert = alertOf(connection, attempt);
            note(connection, request, attempt, alert, "link-opened");
            return page(attempt, alert, link.get().usedAt() != null);
        });
    }

    /// Takes the alert; the link is used up.
    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<String> take(HttpRequest<?> request, String token) {
        record Use(@Nullable UUID alertId, HttpResponse<String> answer) {}
        Use use = transactions.run(connection -> {
            Optional<Link> link = find(connection, token);
            // The alert is locked before the attempt, and the attempt before its row, as everywhere.
            link.ifPresent(
                    found -> AlertStore.findAndLock(connection, found.attempt().alertId()));
            link.ifPresent(
                    found -> AttemptReports.lock(connection, found.attempt().attemptId()));
            if (link.isEmpty() || !isUsable(link.get()) || !useUp(connection, link.get())) {
                return new Use(null, useless(connection, request, link));
            }
            Attempt attempt = link.get().attempt();
            if (attempt.purpose() == Purpose.REMINDER) {
                ownership.confirm(connection, attempt, new SendResult.Reached(SendResult.Proof.LINK));
            } else {
                desk.take(connection, attempt, SendResult.Proof.LINK);
            }
            Alert alert = alertOf(connection, attempt);
            note(connection, request, attempt, alert, "link-used");
            return new Use(attempt.alertId(), page(attempt, alert, true));
        });
        UUID alertId = use.alertId();
        if (alertId != null) {
            desk.afterwards(alertId);
        }
        return use.answer();
    }

    private HttpResponse<String> page(Attempt attempt, Alert alert, boolean isUsed) {
        Words words = Words.of(attempt.language());
        Alert.Person owner = alert.acknowledgedBy();
        if (!alert.isOpen()) {
            return ok(new LinkPage(words, null, words.text("link.over"), "", false));
        }
        if (owner == null) {
            return ok(new LinkPage(words, alert, "", words.text("take"), false));
        }
        boolean own = owner.equals(attempt.person());
        if (own && attempt.purpose() == Purpose.REMINDER) {
            return isUsed
                    ? ok(new LinkPage(words, alert, words.text("link.confirmed"), "", true))
                    : ok(new LinkPage(words, alert, words.text("link.reminder"), words.text("link.still-mine"), true));
        }
        if (attempt.isOfferOf(alert) && !isUsed) {
            return ok(
                    new LinkPage(words, alert, words.text("link.hand-over", owner.name()), words.text("take"), false));
        }
        String notice = own ? words.text("link.taken") : words.text("link.taken-before", owner.name());
        return ok(new LinkPage(words, own ? alert : null, notice, "", own));
    }

    private HttpResponse<String> ok(LinkPage page) {
        return pages.page(HttpStatus.OK, "link.jte", page);
    }

    private HttpResponse<String> useless(Connection connection, HttpRequest<?> request, Optional<Link> link) {
        if (link.isEmpty()) {
            Words words = PreferredWords.of(request);
            return pages.page(
                    HttpStatus.NOT_FOUND, "link.jte", new LinkPage(words, null, words.text("link.unknown"), "", false));
        }
        Attempt attempt = link.get().attempt();
        Words words = Words.of(attempt.language());
        String notice = link.get().usedAt() != null ? words.text("link.used") : words.text("link.expired");
        Alert alert = alertOf(connection, attempt);
        Alert.Person owner = alert.acknowledgedBy();
        if (owner != null) {
            notice = notice + " " + words.text("link.owner", owner.name());
        }
        return pages.page(HttpStatus.GONE, "link.jte", new LinkPage(words, null, notice, "", false));
    }

    private boolean isUsable(Link link) {
        return link.usedAt() == null && isInTime(link);
    }

    private boolean isInTime(Link link) {
        Attempt attempt = link.attempt();
        Instant sentAt = Objects.requireNonNullElse(attempt.placedAt(), attempt.startedAt());
        return clock.instant().isBefore(sentAt.plus(settings.linkLifetime()));
    }

    private boolean isOfOwner(Connection connection, Link link) {
        Alert alert = alertOf(connection, link.attempt());
        Alert.Person owner = alert.acknowledgedBy();
        return isInTime(link)
                && alert.isOpen()
                && owner != null
                && owner.equals(link.attempt().person());
    }

    private boolean useUp(Connection connection, Link link) {
        return Sql.on(connection, """
                        update escalation_attempt set link_used_at = :now
                         where attempt_id = :attempt and link_used_at is null""")
                        .with("now", clock.instant())
                        .with("attempt", link.attempt().attemptId())
                        .update()
                == 1;
    }

    private Optional<Link> find(Connection connection, String token) {
        record Use(UUID attemptId, @Nullable Instant usedAt) {}
        return links.verify(token)
                .flatMap(known -> Sql.on(connection, """
                                select attempt_id, link_used_at from escalation_attempt where link_hash = :hash""")
                        .with("hash", known.hash())
                        .find(row -> new Use(row.uuid("attempt_id"), row.findInstant("link_used_at"))))
                .flatMap(use ->
                        Attempts.find(connection, use.attemptId()).map(attempt -> new Link(attempt, use.usedAt())));
    }

    private static Alert alertOf(Connection connection, Attempt attempt) {
        return AlertStore.find(connection, attempt.alertId(), null)
                .orElseThrow(() -> new IllegalStateException("attempt %s has no alert".formatted(attempt.attemptId())));
    }

    private void note(Connection connection, HttpRequest<?> request, Attempt attempt, Alert alert, String action) {
        var actor = new Actor("link:" + attempt.person().id(), addresses.of(request));
        AuditLog.write(connection, actor, action, alert.resident().residentNo());
    }
}

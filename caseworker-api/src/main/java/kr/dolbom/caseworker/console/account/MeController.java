package kr.dolbom.caseworker.console.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.SignedIn;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.account.desk.PasswordDesk;
import kr.dolbom.caseworker.account.proof.OneTimeCodes;
import kr.dolbom.caseworker.account.proof.PasswordRules;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.proof.QrCode;
import kr.dolbom.caseworker.account.proof.Verdict;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.session.Stage;
import kr.dolbom.caseworker.account.token.AccessTokens;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The page of one's own account: password, one-time codes, sessions and tokens. What weakens it needs the password
/// again, so that an unlocked computer alone is not enough.
@Controller("/me")
@Hidden
@Secured(SecurityRule.IS_AUTHENTICATED)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MeController {
    private static final List<String> NOTICES =
            List.of("password-changed", "codes-on", "codes-off", "signed-out", "token-revoked");

    private final Frames frames;
    private final Pages pages;
    private final Transactions transactions;
    private final Proofs proofs;
    private final OneTimeCodes codes;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final Clock clock;

    MeController(
            Frames frames,
            Pages pages,
            Transactions transactions,
            Proofs proofs,
            OneTimeCodes codes,
            Sessions sessions,
            AccessTokens tokens,
            Clock clock) {
        this.frames = frames;
        this.pages = pages;
        this.transactions = transactions;
        this.proofs = proofs;
        this.codes = codes;
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String done) {
        String notice = done != null && NOTICES.contains(done) ? "account.done." + done : "";
        return page(request, viewer, HttpStatus.OK, notice, "", List.of());
    }

    @Post("/password")
    HttpResponse<?> changePassword(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        Optional<HttpResponse<?>> refused = refuse(request, viewer, form);
        if (refused.isPresent()) {
            return refused.get();
        }
        String password = form.getOrDefault("new", "");
        String trouble = !password.equals(form.get("again"))
                ? "password.differs"
                : password.equals(form.get("password"))
                        ? "password.same"
                        : PasswordRules.findTrouble(viewer.account().login(), password)
                                .orElse("");
        if (!trouble.isEmpty()) {
            return page(request, viewer, HttpStatus.BAD_REQUEST, trouble, "", List.of());
        }
        int accountNo = viewer.account().accountNo();
        String hash = Passwords.hash(password);
        Cookie session = transactions.run(connection -> {
            PasswordDesk.change(connection, accountNo, hash, sessionOf(request), clock.instant());
            AuditLog.write(connection, viewer.actor(), "password-changed", (Integer) null);
            return sessions.open(connection, request, accountNo, Stage.OPEN);
        });
        return done("password-changed").cookie(session);
    }

    @Post("/codes/begin")
    HttpResponse<?> beginCodes(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return refuse(request, viewer, form).orElseGet(() -> {
            String secret = transactions
                    .run(connection -> codes.begin(connection, viewer.account().accountNo(), ownSession(request)))
                    .orElse("");
            return page(request, viewer, HttpStatus.OK, "", secret, List.of());
        });
    }

    @Post("/codes/confirm")
    HttpResponse<?> confirmCodes(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        int accountNo = viewer.account().accountNo();
        UUID session = ownSession(request);
        Optional<List<String>> recovery = transactions.run(connection -> {
            Optional<List<String>> confirmed =
                    codes.confirm(connection, accountNo, session, form.getOrDefault("code", ""));
            confirmed.ifPresent(_ -> AuditLog.write(connection, viewer.actor(), "one-time-codes-on", (Integer) null));
            return confirmed;
        });
        if (recovery.isPresent()) {
            return page(request, viewer, HttpStatus.OK, "account.done.codes-on", "", recovery.get());
        }
        String secret = transactions
                .run(connection -> codes.findPending(connection, accountNo, session))
                .orElse("");
        return page(request, viewer, HttpStatus.BAD_REQUEST, "sign-in.code.refused", secret, List.of());
    }

    @Post("/codes/recovery")
    HttpResponse<?> renewRecovery(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return refuse(request, viewer, form).orElseGet(() -> {
            List<String> renewed = transactions.run(connection -> {
                AuditLog.write(connection, viewer.actor(), "recovery-codes-renewed", (Integer) null);
                return codes.renewRecovery(connection, viewer.account().accountNo());
            });
            return page(request, viewer, HttpStatus.OK, "", "", renewed);
        });
    }

    @Post("/codes/remove")
    HttpResponse<?> removeCodes(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        return refuse(request, viewer, form)
                .orElseGet(() -> act(
                        viewer,
                        "one-time-codes-off",
                        "codes-off",
                        connection ->
                                OneTimeCodes.remove(connection, viewer.account().accountNo())));
    }

    @Post("/sessions/{sessionId}/sign-out")
    HttpResponse<?> signOut(Viewer viewer, UUID sessionId) {
        return act(viewer, "session-ended", "signed-out", connection -> {
            if (!Sessions.close(connection, viewer.account().accountNo(), sessionId)) {
                throw Problem.notFound("session", sessionId);
            }
        });
    }

    @Post("/sessions/sign-out")
    HttpResponse<?> signOutElsewhere(HttpRequest<?> request, Viewer viewer) {
        return act(viewer, "session-ended", "signed-out", connection -> {
            int accountNo = viewer.account().accountNo();
            Sessions.closeAll(connection, accountNo, sessionOf(request));
            AccessTokens.revokeAll(connection, accountNo);
        });
    }

    @Post("/tokens/{tokenId}/revoke")
    HttpResponse<?> revoke(Viewer viewer, UUID tokenId) {
        return act(viewer, "token-revoked", "token-revoked", connection -> {
            if (!AccessTokens.revoke(connection, viewer.account().accountNo(), tokenId)) {
                throw Problem.notFound("token", tokenId);
            }
        });
    }

    /// Does something to one's own account, notes it, and leads back to its page.
    ///
    /// @param what what the page says then, one of [#NOTICES]
    private HttpResponse<?> act(Viewer viewer, String action, String what, Consumer<Connection> work) {
        transactions.run(connection -> {
            work.accept(connection);
            AuditLog.write(connection, viewer.actor(), action, (Integer) null);
            return viewer;
        });
        return done(what);
    }

    private static MutableHttpResponse<?> done(String what) {
        return HttpResponse.seeOther(URI.create("/me?done=" + what));
    }

    /// Refuses whoever does not know the password; wrong ones are counted apart from those at the page to sign in.
    private Optional<HttpResponse<?>> refuse(HttpRequest<?> request, Viewer viewer, Map<String, String> form) {
        Verdict verdict = proofs.passwordAgain(viewer.account(), form.getOrDefault("password", ""), viewer.address());
        return switch (verdict) {
            case Verdict.Right _ -> Optional.empty();
            case Verdict.Wrong _ ->
                Optional.of(page(request, viewer, HttpStatus.BAD_REQUEST, "password.wrong", "", List.of()));
            case Verdict.Wait _ ->
                Optional.of(page(request, viewer, HttpStatus.TOO_MANY_REQUESTS, "account.wait", "", List.of()));
        };
    }

    private static @Nullable UUID sessionOf(HttpRequest<?> request) {
        return SignedIn.find(request).map(SignedIn::sessionId).orElse(null);
    }

    /// Pages are for people, who have a session.
    private static UUID ownSession(HttpRequest<?> request) {
        return Objects.requireNonNull(sessionOf(request));
    }

    /// @param secret of one-time codes that are being set up; empty for none
    private MutableHttpResponse<?> page(
            HttpRequest<?> request,
            Viewer viewer,
            HttpStatus status,
            String notice,
            String secret,
            List<String> recovery) {
        Frame frame = frames.of(request, viewer, Section.ME);
        Words words = frame.words();
        UUID own = sessionOf(request);
        int accountNo = viewer.account().accountNo();
        MePage page = transactions.run(connection -> {
            boolean areOn = OneTimeCodes.areOn(connection, accountNo);
            return new MePage(
                    frame,
                    notice.isEmpty() ? "" : words.text(notice),
                    viewer.account().login(),
                    words.text("account.role." + viewer.account().role()),
                    new MePage.Codes(
                            areOn,
                            words.text("account.codes.left", OneTimeCodes.countRecovery(connection, accountNo)),
                            secret.isEmpty()
                                    ? null
                                    : QrCode.ofSecret(viewer.account().login(), secret),
                            secret,
                            recovery),
                    sessions.list(connection, accountNo).stream()
                            .map(session -> new MePage.Row(
                                    session.sessionId().toString(),
                                    session.browser(),
                                    words.text(
                                            "account.session.detail",
                                            session.address(),
                                            frame.phrasing().dateTime(session.createdAt())),
                                    frame.phrasing().when(session.seenAt()),
                                    Objects.equals(session.sessionId(), own)))
                            .toList(),
                    tokens.list(connection, accountNo).stream()
                            .map(token -> new MePage.Row(
                                    token.tokenId().toString(),
                                    token.name(),
                                    words.text(
                                            "account.token.detail",
                                            String.join(", ", token.scopes()),
                                            frame.phrasing().dateTime(token.expiresAt())),
                                    token.usedAt() == null
                                            ? null
                                            : frame.phrasing().when(token.usedAt()),
                                    false))
                            .toList());
        });
        return pages.page(status, "account/me.jte", page);
    }
}

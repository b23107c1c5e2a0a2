package kr.dolbom.caseworker.account.signin;

import io.micronaut.http.HttpHeaders;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.WayBack;
import kr.dolbom.caseworker.account.desk.PasswordDesk;
import kr.dolbom.caseworker.account.proof.OneTimeCodes;
import kr.dolbom.caseworker.account.proof.PasswordRules;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.proof.Verdict;
import kr.dolbom.caseworker.account.session.Session;
import kr.dolbom.caseworker.account.session.Sessions;
import kr.dolbom.caseworker.account.session.Stage;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The pages to sign in, and out again: the password, then what else is due, one step after the other. Each step has a
/// session of its own, which opens nothing but the next one.
@Controller
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    private final Proofs proofs;
    private final Entrance entrance;
    private final Sessions sessions;
    private final OneTimeCodes codes;
    private final Transactions transactions;
    private final SignInPages pages;
    private final Clock clock;

    SignInController(
            Proofs proofs,
            Entrance entrance,
            Sessions sessions,
            OneTimeCodes codes,
            Transactions transactions,
            SignInPages pages,
            Clock clock) {
        this.proofs = proofs;
        this.entrance = entrance;
        this.sessions = sessions;
        this.codes = codes;
        this.transactions = transactions;
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/sign-in")
    HttpResponse<?> show(HttpRequest<?> request, @Nullable @QueryValue String to, @Nullable @QueryValue String ended) {
        String notice = ended == null ? "" : PreferredWords.of(request).text("sign-in.ended");
        return pages.password(request, HttpStatus.OK, "", WayBack.of(to), notice);
    }

    @Post("/sign-in")
    HttpResponse<?> signIn(HttpRequest<?> request, @Body Map<String, String> form) {
        String login = form.getOrDefault("login", "").strip();
        String to = WayBack.of(form.get("to"));
        Words words = PreferredWords.of(request);
        return switch (proofs.password(login, form.getOrDefault("password", ""), entrance.from(request))) {
            case Verdict.Right right -> entrance.advance(request, right, false, to);
            case Verdict.Wrong _ ->
                pages.password(request, HttpStatus.UNAUTHORIZED, login, to, words.text("sign-in.refused"));
            case Verdict.Wait wait ->
                waiting(pages.password(request, HttpStatus.TOO_MANY_REQUESTS, login, to, told(words, wait)), wait);
        };
    }

    @Get("/sign-in/code")
    HttpResponse<?> showCode(HttpRequest<?> request, @Nullable @QueryValue String to) {
        return at(request, Stage.CODE).isEmpty() ? again(to) : pages.code(request, HttpStatus.OK, WayBack.of(to), "");
    }

    @Post("/sign-in/code")
    HttpResponse<?> code(HttpRequest<?> request, @Body Map<String, String> form) {
        String to = WayBack.of(form.get("to"));
        Words words = PreferredWords.of(request);
        Optional<Session> session = at(request, Stage.CODE);
        if (session.isEmpty()) {
            return again(to);
        }
        return switch (proofs.code(session.get().account(), form.getOrDefault("code", ""), entrance.from(request))) {
            case Verdict.Right right -> entrance.advance(request, right, true, to);
            case Verdict.Wrong _ ->
                pages.code(request, HttpStatus.UNAUTHORIZED, to, words.text("sign-in.code.refused"));
            case Verdict.Wait wait ->
                waiting(pages.code(request, HttpStatus.TOO_MANY_REQUESTS, to, told(words, wait)), wait);
        };
    }

    @Get("/sign-in/change")
    HttpResponse<?> showChange(HttpRequest<?> request, @Nullable @QueryValue String to) {
        return at(request, Stage.CHANGE)
                .<HttpResponse<?>>map(session ->
                        pages.change(request, HttpStatus.OK, session.account().login(), WayBack.of(to), ""))
                .orElseGet(() -> again(to));
    }

    @Post("/sign-in/change")
    HttpResponse<?> change(HttpRequest<?> request, @Body Map<String, String> form) {
        String to = WayBack.of(form.get("to"));
        Words words = PreferredWords.of(request);
        Optional<Session> session = at(request, Stage.CHANGE);
        if (session.isEmpty()) {
            return again(to);
        }
        Account account = session.get().account();
        String password = form.getOrDefault("password", "");
        String trouble = !password.equals(form.get("again"))
                ? "password.differs"
                : PasswordRules.findTrouble(account.login(), password)
                        .or(() -> entrance.isPasswordOf(account, password)
                                ? Optional.of("password.same")
                                : Optional.empty())
                        .orElse("");
        if (!trouble.isEmpty()) {
            return pages.change(request, HttpStatus.BAD_REQUEST, account.login(), to, words.text(trouble));
        }
        String hash = Passwords.hash(password);
        transactions.run(connection -> {
            PasswordDesk.change(
                    connection, account.accountNo(), hash, session.get().sessionId(), clock.instant());
            AuditLog.write(connection, actor(request, account), "password-changed", (Integer) null);
            return account;
        });
        return entrance.advance(request, entrance.right(account), true, to);
    }

    @Get("/sign-in/enrol")
    HttpResponse<?> showEnrol(HttpRequest<?> request, @Nullable @QueryValue String to) {
        return at(request, Stage.ENROL)
                .<HttpResponse<?>>map(session -> {
                    Optional<String> secret = transactions.run(connection ->
                            codes.begin(connection, session.account().accountNo(), session.sessionId()));
                    return enrolPage(request, session, secret, HttpStatus.OK, WayBack.of(to), "");
                })
                .orElseGet(() -> again(to));
    }

    @Post("/sign-in/enrol")
    HttpResponse<?> enrol(HttpRequest<?> request, @Body Map<String, String> form) {
        String to = WayBack.of(form.get("to"));
        Optional<Session> session = at(request, Stage.ENROL);
        if (session.isEmpty()) {
            return again(to);
        }
        Account account = session.get().account();
        UUID sessionId = session.get().sessionId();
        Optional<List<String>> recovery = transactions.run(connection -> {
            Optional<List<String>> confirmed =
                    codes.confirm(connection, account.accountNo(), sessionId, form.getOrDefault("code", ""));
            confirmed.ifPresent(
                    _ -> AuditLog.write(connection, actor(request, account), "one-time-codes-on", (Integer) null));
            return confirmed;
        });
        if (recovery.isEmpty()) {
            String refused = PreferredWords.of(request).text("sign-in.code.refused");
            Optional<String> secret =
                    transactions.run(connection -> codes.findPending(connection, account.accountNo(), sessionId));
            return enrolPage(request, session.get(), secret, HttpStatus.BAD_REQUEST, to, refused);
        }
        return entrance.open(request, account, pages.recovery(request, to, recovery.get()));
    }

    /// @param secret empty when none waits for this session: then one signs in anew
    private HttpResponse<?> enrolPage(
            HttpRequest<?> request,
            Session session,
            Optional<String> secret,
            HttpStatus status,
            String to,
            String notice) {
        return secret.<HttpResponse<?>>map(
                        told -> pages.enrol(request, status, session.account().login(), to, notice, told))
                .orElseGet(() -> again(to));
    }

    @Post("/sign-out")
    HttpResponse<?> signOut(HttpRequest<?> request) {
        Optional<Session> session = at(request, Stage.OPEN);
        Cookie removed = transactions.run(connection -> {
            session.ifPresent(
                    one -> AuditLog.write(connection, actor(request, one.account()), "sign-out", (Integer) null));
            return sessions.close(connection, request);
        });
        return HttpResponse.seeOther(URI.create("/sign-in")).cookie(removed);
    }

    private Actor actor(HttpRequest<?> request, Account account) {
        return new Actor(account.login(), entrance.from(request).address());
    }

    private Optional<Session> at(HttpRequest<?> request, Stage stage) {
        return sessions.find(request).filter(session -> session.stage() == stage);
    }

    private static HttpResponse<?> again(@Nullable String to) {
        return HttpResponse.seeOther(Entrance.step("", WayBack.of(to)));
    }

    private String told(Words words, Verdict.Wait wait) {
        return words.text("sign-in.wait", new Phrasing(words, clock).time(wait.until()));
    }

    private HttpResponse<?> waiting(MutableHttpResponse<?> page, Verdict.Wait wait) {
        return page.header(HttpHeaders.RETRY_AFTER, Problem.seconds(Duration.between(clock.instant(), wait.until())));
    }
}

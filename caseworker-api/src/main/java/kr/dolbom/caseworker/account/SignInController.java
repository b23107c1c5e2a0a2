package kr.dolbom.caseworker.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
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
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.page.PreferredWords;
import kr.dolbom.caseworker.words.Words;

/// The page to sign in, and out again.
@Controller
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Pages pages;

    SignInController(Accounts accounts, Sessions sessions, Pages pages) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.pages = pages;
    }

    @Get("/sign-in")
    HttpResponse<String> show(HttpRequest<?> request) {
        return pages.page("sign-in.jte", new SignInPage(PreferredWords.of(request), "", false));
    }

    @Post("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signIn(HttpRequest<?> request, @Body Map<String, String> form) {
        String login = form.getOrDefault("login", "");
        String address = request.getRemoteAddress().getAddress().getHostAddress();
        Optional<Account> account = accounts.authenticate(login, form.getOrDefault("password", ""), address);
        if (account.isEmpty()) {
            Words words = PreferredWords.of(request);
            return pages.page(HttpStatus.UNAUTHORIZED, "sign-in.jte", new SignInPage(words, login, true));
        }
        sessions.close(request);
        return HttpResponse.seeOther(URI.create("/")).cookie(sessions.open(account.get()));
    }

    @Post("/sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        return HttpResponse.seeOther(URI.create("/sign-in")).cookie(sessions.close(request));
    }
}

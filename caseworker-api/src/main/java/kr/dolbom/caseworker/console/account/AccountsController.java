package kr.dolbom.caseworker.console.account;

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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.account.desk.AccountDesk;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.frame.Frames;
import kr.dolbom.caseworker.frame.Section;
import kr.dolbom.caseworker.page.Pages;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.problem.ProblemException;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// The page of accounts, for operators, and for supervisors as far as their own office's people go.
@Controller("/accounts")
@Hidden
@Secured({Role.OPERATOR, Role.SUPERVISOR})
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountsController {
    private static final List<String> NOTICES =
            List.of("unlocked", "signed-out-all", "role", "closed", "codes-removed");

    private static final Form BLANK = new Form(Map.of(), Map.of(), "");

    private final AccountDesk desk;
    private final Frames frames;
    private final Pages pages;
    private final Transactions transactions;

    AccountsController(AccountDesk desk, Frames frames, Pages pages, Transactions transactions) {
        this.desk = desk;
        this.frames = frames;
        this.pages = pages;
        this.transactions = transactions;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, Viewer viewer, @Nullable @QueryValue String done) {
        Frame frame = frames.of(request, viewer, Section.ACCOUNTS);
        boolean isKnown = done != null && NOTICES.contains(done);
        return pages.page(
                "account/accounts.jte",
                page(viewer, frame, isKnown ? frame.words().text("account.done." + done) : "", "", BLANK));
    }

    @Post
    HttpResponse<?> add(HttpRequest<?> request, Viewer viewer, @Body Map<String, String> form) {
        try {
            return told(
                    request,
                    viewer,
                    desk.add(
                            viewer,
                            new AccountDesk.Wanted(
                                    form.getOrDefault("login", "").strip(),
                                    form.getOrDefault("role", ""),
                                    id(form, "caseworker"),
                                    id(form, "office"),
                                    text(form, "vendor"),
                                    text(form, "email"))));
        } catch (ProblemException e) {
            Frame frame = frames.of(request, viewer, Section.ACCOUNTS);
            return pages.page("account/accounts.jte", page(viewer, frame, "", "", faulty(form, e, frame.words())))
                    .status(e.problem().status());
        }
    }

    /// What was typed, and at each field what would be right.
    private static Form faulty(Map<String, String> form, ProblemException problem, Words words) {
        boolean isTaken = problem.problem().status() == HttpStatus.CONFLICT.getCode();
        Map<String, String> faults = problem.problem().errors().stream()
                .collect(Collectors.toMap(
                        error -> error.field().replaceFirst("Id$", ""),
                        error -> words.text(
                                "account.fault." + error.field().replaceFirst("Id$", "") + (isTaken ? ".taken" : ""))));
        return new Form(form, faults, words.text("account.refused"));
    }

    @Post("/{accountId}/{what}")
    HttpResponse<?> change(
            HttpRequest<?> request,
            Viewer viewer,
            UUID accountId,
            String what,
            @Body @Nullable Map<String, String> form) {
        return switch (what) {
            case "reset" -> told(request, viewer, desk.reset(viewer, accountId));
            case "reopen" -> told(request, viewer, desk.reopen(viewer, accountId));
            case "unlock" -> done("unlocked", () -> desk.unlock(viewer, accountId));
            case "sign-out" -> done("signed-out-all", () -> desk.signOut(viewer, accountId));
            case "remove-codes" -> done("codes-removed", () -> desk.removeCodes(viewer, accountId));
            case "close" -> done("closed", () -> desk.close(viewer, accountId));
            case "role" ->
                done("role", () -> desk.setRole(viewer, accountId, form == null ? "" : form.getOrDefault("role", "")));
            default -> throw Problem.notFound("page", what);
        };
    }

    private static HttpResponse<?> done(String what, Runnable change) {
        change.run();
        return HttpResponse.seeOther(URI.create("/accounts?done=" + what));
    }

    private HttpResponse<?> told(HttpRequest<?> request, Viewer viewer, AccountDesk.FirstPassword first) {
        Frame frame = frames.of(request, viewer, Section.ACCOUNTS);
        String notice = frame.words().text("account.first", first.login());
        return pages.page("account/accounts.jte", page(viewer, frame, notice, first.password(), BLANK));
    }

    private static @Nullable UUID id(Map<String, String> form, String field) {
        String value = text(form, field);
        try {
            return value == null ? null : UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, value, "one of those shown");
        }
    }

    private static @Nullable String text(Map<String, String> form, String field) {
        String value = form.getOrDefault(field, "").strip();
        return value.isEmpty() ? null : value;
    }

    private AccountsPage page(Viewer viewer, Frame frame, String notice, String first, Form form) {
        boolean isOperator = viewer.account().role().equals(Role.OPERATOR);
        List<AccountsPage.Choice> offices = !isOperator
                ? List.of()
                : transactions.run(connection -> Sql.on(
                                connection,
                                "select office_id, short_name from office where not canary order by office_no")
                        .list(row ->
                                new AccountsPage.Choice(row.uuid("office_id").toString(), row.text("short_name"))));
        boolean isPerson = form.value("role").equals(Role.CASEWORKER);
        return new AccountsPage(
                frame,
                notice,
                first,
                desk.list(viewer).stream()
                        .map(entry -> row(viewer, frame, entry))
                        .toList(),
                desk.listWithout(viewer).stream()
                        .map(person -> new AccountsPage.Choice(
                                person.caseworkerId().toString(), person.name() + " · " + person.office()))
                        .toList(),
                isOperator,
                offices,
                isPerson ? form : BLANK,
                isPerson ? BLANK : form);
    }

    private static AccountsPage.Row row(Viewer viewer, Frame frame, AccountDesk.Entry entry) {
        Words words = frame.words();
        Account account = entry.account();
        String other = switch (account.role()) {
            case Role.CASEWORKER -> Role.SUPERVISOR;
            case Role.SUPERVISOR -> Role.CASEWORKER;
            default -> "";
        };
        String state = Stream.of(
                        entry.closedAt() == null ? "" : entry.hasLeft() ? "account.state.left" : "account.state.closed",
                        entry.mustChange() ? "account.state.first" : "",
                        entry.hasCodes() ? "account.state.codes" : "")
                .filter(key -> !key.isEmpty())
                .map(key -> words.text(key))
                .collect(Collectors.joining(" · "));
        String vendor = account.vendor();
        String name = account.caseworkerName();
        return new AccountsPage.Row(
                account.accountId().toString(),
                account.login(),
                name == null ? "" : name,
                words.text("account.role." + account.role()),
                vendor == null ? entry.office() : vendor,
                state,
                entry.seenAt() == null ? null : frame.phrasing().when(entry.seenAt()),
                entry.closedAt() == null,
                entry.closedAt() != null && !entry.hasLeft(),
                other,
                other.isEmpty() ? "" : words.text("account.make." + other),
                entry.hasCodes(),
                account.accountId().equals(viewer.account().accountId()));
    }
}

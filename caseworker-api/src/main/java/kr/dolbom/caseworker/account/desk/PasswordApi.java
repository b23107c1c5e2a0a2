package kr.dolbom.caseworker.account.desk;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.validation.Validated;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import kr.dolbom.caseworker.account.Account;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.proof.PasswordRules;
import kr.dolbom.caseworker.account.proof.Proofs;
import kr.dolbom.caseworker.account.proof.Verdict;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Lets a program choose a password of its own for its account, the first one above all.
@Controller("/api/v1/password")
@Tag(name = "account")
@Secured(SecurityRule.IS_ANONYMOUS)
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
public class PasswordApi {
    private final Proofs proofs;
    private final Transactions transactions;
    private final ClientAddress addresses;
    private final Clock clock;

    PasswordApi(Proofs proofs, Transactions transactions, ClientAddress addresses, Clock clock) {
        this.proofs = proofs;
        this.transactions = transactions;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Another password.
    ///
    /// @param login the name to sign in with
    /// @param password the password of now
    /// @param code the one-time code of now, where the account has one-time codes
    /// @param newPassword the one to choose, 10 to 200 characters
    @Introspected
    public record NewPassword(
            @NotNull(message = "the name to sign in with") @Size(max = 200, message = "the name to sign in with") String login,

            @NotNull(message = "the password of now") @Size(max = 200, message = "the password of now") String password,

            @Nullable @Size(max = 40, message = "a one-time code") String code,

            @NotNull(message = "10 to 200 characters") @Size(min = 10, max = 200, message = "10 to 200 characters") String newPassword) {

        /// Without the passwords.
        @Override
        public String toString() {
            return "NewPassword[" + login + "]";
        }
    }

    /// Chooses another password. Everybody who is signed in with the old one is out, every token is taken back.
    @Post
    @Status(HttpStatus.NO_CONTENT)
    @SecurityRequirements
    void change(@Parameter(hidden = true) HttpRequest<?> request, @Body @Valid NewPassword wanted) {
        var from = new Proofs.From(addresses.of(request), null);
        Verdict.Right right = right(proofs.password(wanted.login(), wanted.password(), from));
        if (right.needsCode()) {
            String code = wanted.code();
            right = right(proofs.code(right.account(), code == null ? "" : code, from));
        }
        Account account = right.account();
        Optional<String> trouble = wanted.newPassword().equals(wanted.password())
                ? Optional.of("password.same")
                : PasswordRules.findTrouble(account.login(), wanted.newPassword());
        if (trouble.isPresent()) {
            throw Problem.invalid("newPassword", null, Words.EN.text(trouble.get()));
        }
        String hash = Passwords.hash(wanted.newPassword());
        transactions.run(connection -> {
            proofs.succeeded(connection, account, from);
            PasswordDesk.change(connection, account.accountNo(), hash, null, clock.instant());
            AuditLog.write(connection, new Actor(account.login(), from.address()), "password-changed", (Integer) null);
            return account;
        });
    }

    private Verdict.Right right(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Right right -> right;
            case Verdict.Wrong _ -> throw Problem.unauthorized("login, password or one-time code is wrong.");
            case Verdict.Wait wait ->
                throw Problem.tooMany(
                        "There were too many wrong attempts. Try again at %s.".formatted(wait.until()),
                        Duration.between(clock.instant(), wait.until()));
        };
    }
}

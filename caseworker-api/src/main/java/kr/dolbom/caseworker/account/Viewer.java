package kr.dolbom.caseworker.account;

import java.util.Objects;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Who asks, signed in, and from where.
///
/// @param account as whom
/// @param address from which IP address
/// @param csrf proves that a form comes from a page of this session; empty for a program
public record Viewer(Account account, String address, String csrf) {
    /// For the audit log.
    public Actor actor() {
        return new Actor(account.login(), address);
    }

    /// The office whose residents this viewer may see; null for all.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when they may see no resident at all, as a vendor
    public @Nullable Integer officeNo() {
        return switch (account.role()) {
            case Role.OPERATOR -> null;
            case Role.AUDITOR -> account.officeNo();
            case Role.CASEWORKER, Role.SUPERVISOR -> Objects.requireNonNull(account.officeNo());
            default -> throw Problem.forbidden("An account of a " + account.role() + " belongs to no office.");
        };
    }

    /// The caseworker's name, or the login of who is none.
    public String name() {
        return account.caseworkerName() == null ? account.login() : account.caseworkerName();
    }
}

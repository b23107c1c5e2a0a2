package kr.dolbom.caseworker.account;

import java.util.Objects;
import kr.dolbom.caseworker.audit.Actor;
import org.jspecify.annotations.Nullable;

/// Who asks, signed in, and from where.
///
/// @param account as whom
/// @param address from which IP address
public record Viewer(Account account, String address) {
    /// For the audit log.
    public Actor actor() {
        return new Actor(account.login(), address);
    }

    /// The office whose residents this viewer may see; null for all.
    public @Nullable Integer officeNo() {
        return account.role().equals(Role.OPERATOR) ? null : Objects.requireNonNull(account.officeNo());
    }

    /// The caseworker's name, or the login of an operator.
    public String name() {
        return account.caseworkerName() == null ? account.login() : account.caseworkerName();
    }
}

package kr.dolbom.caseworker.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who may sign in.
///
/// @param accountNo the database's number
/// @param accountId the public id
/// @param login the name to sign in with
/// @param role one of [Role]
/// @param caseworkerNo the person who acts; null for all but caseworkers and supervisors
/// @param caseworkerName that person's name
/// @param officeNo that person's office, or the one that an auditor may see; null for all others
/// @param vendor whose devices a vendor's account may see; null for all others
public record Account(
        int accountNo,
        UUID accountId,
        String login,
        String role,
        @Nullable Integer caseworkerNo,
        @Nullable String caseworkerName,
        @Nullable Integer officeNo,
        @Nullable String vendor) {}

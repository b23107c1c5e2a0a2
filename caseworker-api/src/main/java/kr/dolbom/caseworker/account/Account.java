package kr.dolbom.caseworker.account;

import org.jspecify.annotations.Nullable;

/// Who may sign in.
///
/// @param login the name to sign in with
/// @param role one of [Role]
/// @param caseworkerNo the person who acts; null for an operator
/// @param caseworkerName that person's name
/// @param officeNo that person's office
public record Account(
        String login,
        String role,
        @Nullable Integer caseworkerNo,
        @Nullable String caseworkerName,
        @Nullable Integer officeNo) {}

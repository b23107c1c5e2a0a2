/// Tokens by which programs use REST for an account. Read [Scopes][kr.dolbom.caseworker.account.token.Scopes] first:
/// which path demands what. What is asked of each request stands in `guard`.
@NullMarked
package kr.dolbom.caseworker.account.token;

import org.jspecify.annotations.NullMarked;

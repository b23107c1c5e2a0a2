/// Signing in with the city's own accounts (OpenID Connect), where it is configured. Read
/// [OpenIdController][kr.dolbom.caseworker.account.openid.OpenIdController] first. Who comes this way
/// must have an account here: none is ever made.
@NullMarked
package kr.dolbom.caseworker.account.openid;

import org.jspecify.annotations.NullMarked;

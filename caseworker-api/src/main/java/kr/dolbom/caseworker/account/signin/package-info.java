/// How somebody signs in: the password, a one-time code, a password of their own. Read
/// [SignInController][kr.dolbom.caseworker.account.signin.SignInController] first. What comes of it is a session.
@NullMarked
package kr.dolbom.caseworker.account.signin;

import org.jspecify.annotations.NullMarked;

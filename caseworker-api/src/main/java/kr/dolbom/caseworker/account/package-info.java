/// Accounts: who may sign in and as whom. People have a session (`session`, `signin`), programs a token
/// (`token`); both end in a [Viewer][kr.dolbom.caseworker.account.Viewer], which every controller that
/// shows something asks for. What is asked of each request before stands in `guard`.
@NullMarked
package kr.dolbom.caseworker.account;

import org.jspecify.annotations.NullMarked;

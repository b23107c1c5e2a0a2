/// Accounts: who may sign in and as whom. Pages use a session cookie, REST uses HTTP basic; both end in a
/// [Viewer][kr.dolbom.caseworker.account.Viewer], which every controller that shows something asks for.
@NullMarked
package kr.dolbom.caseworker.account;

import org.jspecify.annotations.NullMarked;

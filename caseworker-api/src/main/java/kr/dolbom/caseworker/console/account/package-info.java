/// The pages of accounts: one's own (`/me`) and those that operators and supervisors keep (`/accounts`). Read
/// [MeController][kr.dolbom.caseworker.console.account.MeController] first. What is done stands in `account.desk`.
@NullMarked
package kr.dolbom.caseworker.console.account;

import org.jspecify.annotations.NullMarked;

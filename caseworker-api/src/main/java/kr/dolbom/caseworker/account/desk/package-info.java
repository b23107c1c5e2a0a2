/// What is done with accounts: one's own password, and what operators and supervisors do with the accounts that they
/// keep. Read [AccountDesk][kr.dolbom.caseworker.account.desk.AccountDesk] first. Pages stand in `console.account`.
@NullMarked
package kr.dolbom.caseworker.account.desk;

import org.jspecify.annotations.NullMarked;

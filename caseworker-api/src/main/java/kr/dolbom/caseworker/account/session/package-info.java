/// Sessions of people in browsers. Read [Sessions][kr.dolbom.caseworker.account.session.Sessions] first. How one comes
/// about stands in `signin`, what is asked of each request in `guard`.
@NullMarked
package kr.dolbom.caseworker.account.session;

import org.jspecify.annotations.NullMarked;

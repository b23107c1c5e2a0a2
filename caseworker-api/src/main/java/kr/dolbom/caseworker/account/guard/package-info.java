/// What is asked of each request before anything is done: who sends it
/// ([RequestAuthentication][kr.dolbom.caseworker.account.guard.RequestAuthentication]), whether it comes from a page of
/// ours, whether a program's token is for it, and how many there may be.
@NullMarked
package kr.dolbom.caseworker.account.guard;

import org.jspecify.annotations.NullMarked;

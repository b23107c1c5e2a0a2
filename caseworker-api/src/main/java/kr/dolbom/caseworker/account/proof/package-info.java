/// By what somebody proves who they are: passwords, one-time codes, and how often they may try. Read
/// [Proofs][kr.dolbom.caseworker.account.proof.Proofs] first. What comes of it stands in `signin` and `token`.
@NullMarked
package kr.dolbom.caseworker.account.proof;

import org.jspecify.annotations.NullMarked;

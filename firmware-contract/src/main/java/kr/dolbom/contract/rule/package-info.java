/// What the contract requires, sentence by sentence: each [Requirement] has an id that never changes and names the
/// tests that check it. [Requirements] has them all. Those about members are made from the declarations of the
/// members; the others stand in [ConnectionRules], [CredentialRules] and [MessageRules]. Add a sentence there.
@NullMarked
package kr.dolbom.contract.rule;

import org.jspecify.annotations.NullMarked;

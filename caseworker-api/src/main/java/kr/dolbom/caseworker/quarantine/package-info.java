/// What the broker refused, for operators and, through them, for vendors: [QuarantineApi]. The broker
/// writes it; nothing is changed here.
@NullMarked
package kr.dolbom.caseworker.quarantine;

import org.jspecify.annotations.NullMarked;

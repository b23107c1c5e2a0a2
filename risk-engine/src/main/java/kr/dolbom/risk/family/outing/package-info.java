/// Night exits: a resident who went out by night and is not back. Read [Outing].
@NullMarked
package kr.dolbom.risk.family.outing;

import org.jspecify.annotations.NullMarked;

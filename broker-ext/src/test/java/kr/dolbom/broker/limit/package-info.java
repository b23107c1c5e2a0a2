/// The limits by a clock that the tests set.
@NullMarked
package kr.dolbom.broker.limit;

import org.jspecify.annotations.NullMarked;

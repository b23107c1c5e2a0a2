/// How much one device may send, and how many may connect at once. Read [TokenBucket] first, the rule as
/// a function of time; [MessageRate] and [ConnectionRate] apply it. Time comes in as an argument, and
/// nothing here closes a connection: whoever asks does what follows.
@NullMarked
package kr.dolbom.broker.limit;

import org.jspecify.annotations.NullMarked;

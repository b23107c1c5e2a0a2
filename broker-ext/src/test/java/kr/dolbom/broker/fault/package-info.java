/// Kills broker and database at random under traffic. Read [FaultTest].
@NullMarked
package kr.dolbom.broker.fault;

import org.jspecify.annotations.NullMarked;

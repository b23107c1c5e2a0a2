/// The push service as a sender meets it.
@NullMarked
package kr.dolbom.sim.phone.push;

import org.jspecify.annotations.NullMarked;

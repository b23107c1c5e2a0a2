@NullMarked
package kr.dolbom.sim.live;

import org.jspecify.annotations.NullMarked;

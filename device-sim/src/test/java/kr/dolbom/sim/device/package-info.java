@NullMarked
package kr.dolbom.sim.device;

import org.jspecify.annotations.NullMarked;

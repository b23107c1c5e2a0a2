@NullMarked
package kr.dolbom.sim.export;

import org.jspecify.annotations.NullMarked;

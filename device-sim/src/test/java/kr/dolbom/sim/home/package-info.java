@NullMarked
package kr.dolbom.sim.home;

import org.jspecify.annotations.NullMarked;

/// What a vendor takes home without reading Java. Read [ContractCommand].
@NullMarked
package kr.dolbom.sim.vendor;

import org.jspecify.annotations.NullMarked;

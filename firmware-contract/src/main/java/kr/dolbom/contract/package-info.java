/// The firmware contract.
@NullMarked
package kr.dolbom.contract;

import org.jspecify.annotations.NullMarked;

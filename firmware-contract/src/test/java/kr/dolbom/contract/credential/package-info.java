/// Tests of how a device sets its secret.
@NullMarked
package kr.dolbom.contract.credential;

import org.jspecify.annotations.NullMarked;

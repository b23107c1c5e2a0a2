/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.readiness;

import org.jspecify.annotations.NullMarked;

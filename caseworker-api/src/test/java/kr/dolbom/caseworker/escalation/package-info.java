/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.escalation;

import org.jspecify.annotations.NullMarked;

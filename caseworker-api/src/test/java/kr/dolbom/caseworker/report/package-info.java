/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.report;

import org.jspecify.annotations.NullMarked;

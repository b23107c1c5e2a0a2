/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.response;

import org.jspecify.annotations.NullMarked;

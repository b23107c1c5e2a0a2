/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.words;

import org.jspecify.annotations.NullMarked;

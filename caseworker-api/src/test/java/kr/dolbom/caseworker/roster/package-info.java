/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.roster;

import org.jspecify.annotations.NullMarked;

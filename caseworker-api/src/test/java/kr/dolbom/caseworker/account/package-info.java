/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.account;

import org.jspecify.annotations.NullMarked;

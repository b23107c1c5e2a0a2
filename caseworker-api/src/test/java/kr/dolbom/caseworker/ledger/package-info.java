/// Tests of the package of the same name.
@NullMarked
package kr.dolbom.caseworker.ledger;

import org.jspecify.annotations.NullMarked;

/// Who looked at or changed what of a resident. Everything that shows a resident to somebody writes here, in the
/// transaction that reads.
@NullMarked
package kr.dolbom.caseworker.audit;

import org.jspecify.annotations.NullMarked;

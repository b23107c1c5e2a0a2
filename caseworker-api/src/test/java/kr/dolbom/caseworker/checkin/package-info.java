/// Tests of planned conversations.
@NullMarked
package kr.dolbom.caseworker.checkin;

import org.jspecify.annotations.NullMarked;

/// Tests of how a month's roster is made.
@NullMarked
package kr.dolbom.caseworker.roster.plan;

import org.jspecify.annotations.NullMarked;

/// Slow decline: less activity week by week. Read [Decline].
@NullMarked
package kr.dolbom.risk.family.decline;

import org.jspecify.annotations.NullMarked;

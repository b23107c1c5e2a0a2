/// Mood and loneliness, week by week. Read [Mood].
@NullMarked
package kr.dolbom.risk.family.mood;

import org.jspecify.annotations.NullMarked;

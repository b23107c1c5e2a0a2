/// The few measures that all families share: a day of ten-minute bins, a habit's mean and spread, a chance that is
/// learnt, a sum that watches for a lasting change, and tails of distributions. Read [Habit] first, then [Cusum].
///
/// All forget: 0.98 a day, so that 45 days ago weighs 0.4 and half a year ago nothing. What a family makes of them
/// stands with the family.
@NullMarked
package kr.dolbom.risk.family.measure;

import org.jspecify.annotations.NullMarked;

/// Medication and meals: doses that were not confirmed, and meals for which nobody went to the kitchen. Read [Doses]
/// first, then [Meals].
@NullMarked
package kr.dolbom.risk.family.medication;

import org.jspecify.annotations.NullMarked;

/// What can be wrong with a resident besides silence and emergencies: night and sleep, slow decline,
/// medication and meals, night exits, distress, mood, and the health of the device. Read [Families]
/// first, then `fact` (what a family is told and what it says), `measure` (the measures that all
/// share), and any family: each is one small class.
///
/// Everything here is a pure function of what was put in: no clock, no database, no log. Tiers, alerts and feedback
/// belong to `fusion`.
@NullMarked
package kr.dolbom.risk.family;

import org.jspecify.annotations.NullMarked;

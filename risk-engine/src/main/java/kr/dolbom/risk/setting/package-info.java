/// What people have set for an office or a resident, as the engine reads it: bounds and margins, away
/// and hospital mode, and who is to be learnt anew. Read [Wishes] first. The response side writes all
/// of it.
@NullMarked
package kr.dolbom.risk.setting;

import org.jspecify.annotations.NullMarked;

/// From what the families say to one risk score, tiers, and what is news. Read [Fusion] first.
///
/// Pure: no clock, no database, no log. Writing alerts does not belong here, nor what is unusual for a resident.
@NullMarked
package kr.dolbom.risk.fusion;

import org.jspecify.annotations.NullMarked;

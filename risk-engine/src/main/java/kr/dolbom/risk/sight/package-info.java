/// Visibility: whether a home can be seen at all, and if not, whose fault it is.
///
/// Read [FleetPulse] first, the test that tells the silence of a district, a vendor or the whole
/// platform from the silence of one home, then [Sight], which turns it into incidents. [Gaps] has the
/// times in which one home was not watched. How a single home is judged stands in
/// `kr.dolbom.risk.watch`; persons' silence does not belong here.
@NullMarked
package kr.dolbom.risk.sight;

import org.jspecify.annotations.NullMarked;

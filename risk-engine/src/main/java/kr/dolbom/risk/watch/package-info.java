/// The residents that are watched. Read [Fleet] first, then [ResidentWatch], which puts together what is known of one
/// resident: [DeviceWatch] (is the home heard?), [SilenceWatch] (is the resident silent for too long?) and [Judgement]
/// (what do all families say?). Nothing here writes; what came of it are `kr.dolbom.risk.alert.Outcome`s.
@NullMarked
package kr.dolbom.risk.watch;

import org.jspecify.annotations.NullMarked;

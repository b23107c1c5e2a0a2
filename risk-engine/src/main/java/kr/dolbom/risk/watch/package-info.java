/// The residents that are watched. Read [Fleet] first, then [ResidentWatch], which judges one resident: is the device
/// heard, is the resident silent for too long, what is the score. Nothing here writes; what came of it are
/// `kr.dolbom.risk.alert.Outcome`s.
@NullMarked
package kr.dolbom.risk.watch;

import org.jspecify.annotations.NullMarked;

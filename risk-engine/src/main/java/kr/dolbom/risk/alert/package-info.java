/// What the engine found, and alerts' birth. Read [Finding] first, then [AlertBook], the only writer of
/// findings, alerts in the state `raised` and risk scores; [SightBook] writes incidents and monitoring
/// gaps for it.
///
/// An alert's further life belongs to the response side.
@NullMarked
package kr.dolbom.risk.alert;

import org.jspecify.annotations.NullMarked;

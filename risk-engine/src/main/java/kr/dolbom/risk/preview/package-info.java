/// Previews: what other risk settings would have done in an office, before anybody saves them.
///
/// Read [Previews] first: it takes a question from the table `risk_preview` and writes the answer there.
/// [OfficeReplay] plays what is stored to two copies of the model for each home, one with the settings that
/// stand and one with those that are proposed; [HomeReplay] says what counts. The model itself is
/// `kr.dolbom.risk.silence`, the very classes that the engine and the evaluation use.
///
/// What is read here changes nobody's state, score or alert: nothing but the preview's own row is written.
@NullMarked
package kr.dolbom.risk.preview;

import org.jspecify.annotations.NullMarked;

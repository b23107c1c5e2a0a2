/// What people may set in the risk engine: bounds and margins for an office or a resident, each change with who and
/// why; what another value would have done, before it is set; away and hospital mode; learning anew; weather
/// advisories.
///
/// Read [RiskSettings] first, the settings' table; [RiskPreviews] has the questions to the engine, [ResidentModes] the
/// modes. What a setting does, and what it would have done, is the engine's business.
@NullMarked
package kr.dolbom.caseworker.setting;

import org.jspecify.annotations.NullMarked;

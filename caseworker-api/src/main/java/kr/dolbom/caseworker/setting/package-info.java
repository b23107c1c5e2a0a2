/// What people may set in the risk engine: bounds and margins for an office or a resident, each change with who and
/// why;
/// away and hospital mode; learning anew.
///
/// Read [RiskSettings] first, the settings' table; [ResidentModes] has the modes. What a setting does is the engine's
/// business.
@NullMarked
package kr.dolbom.caseworker.setting;

import org.jspecify.annotations.NullMarked;

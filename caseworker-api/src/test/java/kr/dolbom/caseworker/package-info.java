/// Scenarios that read as what a person receives: the real program on a real database, the real Twilio SDK against the
/// phone simulator. Read [Town][kr.dolbom.caseworker.Town] first, the small world that all of them play in.
@NullMarked
package kr.dolbom.caseworker;

import org.jspecify.annotations.NullMarked;

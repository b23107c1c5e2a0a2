/// The days of residents in few figures, made from telemetry as it comes: when they were seen, how they talked, what
/// became of their reminders. Read [DayBook][kr.dolbom.caseworker.daybook.DayBook] first. What is unusual in them is
/// the risk engine's to say; what is drawn of them stands in the console.
@NullMarked
package kr.dolbom.caseworker.daybook;

import org.jspecify.annotations.NullMarked;

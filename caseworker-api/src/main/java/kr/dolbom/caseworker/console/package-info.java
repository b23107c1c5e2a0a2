/// The console's list of open alerts and an alert's own page, and the stream that keeps both up to date. Read
/// [QueueController][kr.dolbom.caseworker.console.QueueController] and
/// [AlertBoard][kr.dolbom.caseworker.console.AlertBoard] first, then
/// [AlertController][kr.dolbom.caseworker.console.AlertController]. What may be done to an alert stands in the `desk`
/// package, how pages are rendered in `page`. Every other page has a package of its own below this one.
@NullMarked
package kr.dolbom.caseworker.console;

import org.jspecify.annotations.NullMarked;

/// The console: the live list of open alerts, an alert's own page, and the stream that keeps both up to date. Read
/// [QueueController][kr.dolbom.caseworker.console.QueueController] first. What may be done to an alert stands in the
/// `desk` package, how pages are rendered in `page`.
@NullMarked
package kr.dolbom.caseworker.console;

import org.jspecify.annotations.NullMarked;

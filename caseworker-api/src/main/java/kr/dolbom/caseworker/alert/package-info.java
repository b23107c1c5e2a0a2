/// An alert as data: what it is, whom it concerns, how far its response has come, and its timeline. Read
/// [Alert][kr.dolbom.caseworker.alert.Alert] and [Timeline][kr.dolbom.caseworker.alert.Timeline]. What happens to an
/// alert is decided in the `response` package.
@NullMarked
package kr.dolbom.caseworker.alert;

import org.jspecify.annotations.NullMarked;

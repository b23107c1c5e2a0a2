/// Web push: the browsers in which caseworkers want to be told of alerts, and messages to them (RFC
/// 8030, 8291, 8292). Read [WebPushes][kr.dolbom.caseworker.push.WebPushes] first. Whom an alert
/// reaches, and when, is not decided here.
@NullMarked
package kr.dolbom.caseworker.push;

import org.jspecify.annotations.NullMarked;

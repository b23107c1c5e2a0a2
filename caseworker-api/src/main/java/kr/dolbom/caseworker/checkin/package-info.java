/// Planned conversations: the robot, or a call where there is none, asks residents how they are, and
/// their caseworkers read the answers. Read [CheckIns][kr.dolbom.caseworker.checkin.CheckIns] first,
/// which begins them and goes on with them, then
/// [CheckInCalls][kr.dolbom.caseworker.checkin.CheckInCalls]. What the robot asks because of an alert is
/// the response's.
@NullMarked
package kr.dolbom.caseworker.checkin;

import org.jspecify.annotations.NullMarked;

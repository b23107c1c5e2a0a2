/// The device in a resident's home as a voice: it asks and it tells. Commands are rows; the broker
/// sends them and writes back what became of them. Read [Robot][kr.dolbom.caseworker.robot.Robot].
@NullMarked
package kr.dolbom.caseworker.robot;

import org.jspecify.annotations.NullMarked;

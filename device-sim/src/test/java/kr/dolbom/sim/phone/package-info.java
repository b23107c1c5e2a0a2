/// The phone simulator as the real Twilio SDK, a web application and a person meet it.
@NullMarked
package kr.dolbom.sim.phone;

import org.jspecify.annotations.NullMarked;

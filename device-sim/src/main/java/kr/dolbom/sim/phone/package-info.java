/// The phone simulator: stands in for Twilio and for the phones of caseworkers, in the demo and in tests; also for a
/// provider of AlimTalk and for the push services of browsers.
///
/// Read [kr.dolbom.sim.phone.PhoneSimulator] first; what it does is in the packages below: `line` (phones, calls,
/// texts, links), `rest` (Twilio's API), `twiml` (what a call says), `alimtalk`, `push`, `page` (the web page and its
/// JSON). It uses the JDK's HTTP server so that tests of a Micronaut application can start it in their own JVM.
/// Nothing here is needed in production.
@NullMarked
package kr.dolbom.sim.phone;

import org.jspecify.annotations.NullMarked;

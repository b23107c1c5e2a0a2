/// Twilio's REST API 2010-04-01, as far as texts and calls go: addresses, parameters, JSON, errors.
///
/// Read [kr.dolbom.sim.phone.rest.TwilioApi] first. A parameter that Twilio knows and that is not
/// played here is refused with 501 instead of ignored, so that nobody takes a simulated success for a
/// real one. What texts and calls do is the network's business.
@NullMarked
package kr.dolbom.sim.phone.rest;

import org.jspecify.annotations.NullMarked;

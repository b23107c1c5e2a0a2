/// Voice TwiML as values: the documents that tell a call what to say and which keys to wait for.
///
/// Read [kr.dolbom.sim.phone.twiml.Twiml] first, then [kr.dolbom.sim.phone.twiml.Verb]. Parsing is pure: fetching a
/// document and playing it to a phone belong to `kr.dolbom.sim.phone.line`.
@NullMarked
package kr.dolbom.sim.phone.twiml;

import org.jspecify.annotations.NullMarked;

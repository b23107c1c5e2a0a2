/// A stand-in for the push services of browsers (RFC 8030), with subscriptions as a browser makes them: it checks
/// the sender's proof (VAPID, RFC 8292), opens the message as the browser would (RFC 8291), and can refuse in every
/// way that senders have to live with.
///
/// Read [kr.dolbom.sim.phone.push.PushService] first. Phones are no part of it.
@NullMarked
package kr.dolbom.sim.phone.push;

import org.jspecify.annotations.NullMarked;

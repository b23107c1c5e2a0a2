/// The simulated telephone network: phones with their texts and calls, and the webhooks that tell of them.
///
/// Read [kr.dolbom.sim.phone.line.Network] first, then [kr.dolbom.sim.phone.line.Phone]. Everything
/// that changes does so under one lock per network, and whoever waits for a change waits on that lock's
/// condition: nothing here polls. Twilio's REST shapes and the web page are no part of it.
@NullMarked
package kr.dolbom.sim.phone.line;

import org.jspecify.annotations.NullMarked;

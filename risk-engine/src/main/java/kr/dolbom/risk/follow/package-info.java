/// The loop that everything hangs on. Read [Follower] first: one step of following the feed; [Engine] keeps it going
/// over lost connections, beside the emergency lane, and [EngineStatus] says how it goes.
@NullMarked
package kr.dolbom.risk.follow;

import org.jspecify.annotations.NullMarked;

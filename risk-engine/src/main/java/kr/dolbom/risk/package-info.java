/// The risk engine: follows telemetry, learns each resident's rhythm, and gives birth to alerts with a reason.
///
/// Start reading at `kr.dolbom.risk.follow.Follower`, the loop that everything hangs on: it reads a batch from
/// `feed`, lets `watch` apply it to the residents it concerns, and commits what came of it, as `alert` writes it,
/// together with the position. `silence` is the model; `emergency` has the lane that never waits; `sight` tells
/// many silent homes from one; `reason` has the sentences that people read; `preview` says what other settings would
/// have done.
///
/// This package itself holds only the program's start and its settings. Reaching people does not belong in this module.
@NullMarked
package kr.dolbom.risk;

import org.jspecify.annotations.NullMarked;

/// The proof of the engine on recorded homes: `./dolbom evaluate --data DIR`.
///
/// Read [EvaluateCommand] first, then [Evaluation], which says in what order what is replayed, and
/// [Replay], which plays one recorded home to one [Watcher] on a simulated clock. [EngineWatcher] is the
/// engine itself, the very classes that watch residents in service; the other watchers are the baselines
/// that it is compared with.
///
/// [FleetPlay] and [HomePlay] play homes to the whole engine, all families together: for incidents, for what
/// was declared of tiers, for [Changes] of days, and for what truly happened, where [HomeFiles] finds that.
///
/// Nothing here is used in service, and nothing here judges telemetry by itself.
@NullMarked
package kr.dolbom.risk.evaluate;

import org.jspecify.annotations.NullMarked;

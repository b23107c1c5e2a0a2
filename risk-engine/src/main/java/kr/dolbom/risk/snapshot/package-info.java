/// What is known of each resident, kept in the database, so that an engine which starts need not read weeks of
/// telemetry again. Read [Snapshots] first.
///
/// What is in a state does not belong here: `kr.dolbom.risk.watch.Fleet` writes and reads it.
@NullMarked
package kr.dolbom.risk.snapshot;

import org.jspecify.annotations.NullMarked;

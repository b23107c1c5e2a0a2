/// What simulated homes would send, written to files together with what truly happened in them.
///
/// Read [ExportCommand] first, then [TrueCase], which says what can happen, and [ExportedHome], which makes a home's
/// files of its resident's life. Nothing here knows a broker, and nothing waits: forty days of twenty homes are made in
/// a second.
@NullMarked
package kr.dolbom.sim.export;

import org.jspecify.annotations.NullMarked;

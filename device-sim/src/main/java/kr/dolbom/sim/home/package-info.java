/// People who live alone, invented: what happens in their homes, minute by minute.
///
/// Start with [Timeline], a resident's life as a lazy stream of [Happening]s; [Rhythm] is what makes
/// one resident differ from another, [Profile] names a few rhythms, [Town] invents whole [Resident]s.
/// Everything is a pure function of the rhythm, the day and a seed. Nothing here knows a device, a
/// topic or a message.
@NullMarked
package kr.dolbom.sim.home;

import org.jspecify.annotations.NullMarked;

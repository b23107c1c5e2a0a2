/// The whole platform on one machine, each program in its own JVM: for the demo, for development, for a first look.
///
/// Start with [Stack]: which programs there are, in which order they start, and with which settings.
/// [Program] is one of them, [RunFolder] remembers over runs what was started, so that `down` ends that
/// and nothing else. In production the same jars are run by the city's own supervisor; this package is
/// not needed there.
@NullMarked
package kr.dolbom.sim.stack;

import org.jspecify.annotations.NullMarked;

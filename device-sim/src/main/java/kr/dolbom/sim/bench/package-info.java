/// Measurements on this machine. Read [IngestBench] first: the way of a message, beside a bare HiveMQ
/// and a bare COPY; [StormBench] for what follows an alert.
/// What is measured runs as it does in production, each program in a JVM of its own.
@NullMarked
package kr.dolbom.sim.bench;

import org.jspecify.annotations.NullMarked;

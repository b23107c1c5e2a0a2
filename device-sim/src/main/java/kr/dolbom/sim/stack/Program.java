package kr.dolbom.sim.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One program of the platform.
///
/// @param name names its log and its process file
/// @param jar what is run
/// @param jvmOptions options before `-jar`
/// @param arguments what follows the jar
/// @param environment settings beyond those of our own environment
/// @param ports that must be free before it starts
/// @param readiness how it is known that it does its work
record Program(
        String name,
        Path jar,
        List<String> jvmOptions,
        List<String> arguments,
        Map<String, String> environment,
        List<Port> ports,
        Readiness readiness) {
    /// A port and the setting that moves it.
    record Port(int number, String setting) {}

    /// How it is known that a program does its work.
    sealed interface Readiness {
        /// An HTTP GET answers 200.
        record Health(URI address) implements Readiness {}

        /// A file is there; it is removed before the program starts.
        record File(Path path) implements Readiness {}
    }
}

package kr.dolbom.sim.stack;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// How one program does.
///
/// @param name its name
/// @param pid its process id; empty: it does not run
/// @param since when it was started
/// @param ready whether it answers that it does its work
/// @param log its log file
public record ProgramStatus(String name, Optional<Long> pid, Optional<Instant> since, boolean ready, Path log) {
    /// `ready`, `not ready` or `stopped`.
    public String word() {
        if (pid.isEmpty()) {
            return "stopped";
        }
        return ready ? "ready" : "not ready";
    }
}

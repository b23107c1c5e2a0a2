package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process, told apart from a later one that got the same number.
///
/// @param pid        its number
/// @param startTicks when it started, in the kernel's ticks since boot
record ProcessIdentity(long pid, long startTicks) {

    /// This process.
    static ProcessIdentity current() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new DatabaseServerException("/proc/" + pid + "/stat cannot be read"));
    }

    /// The process that has this number now; empty when there is none.
    static Optional<ProcessIdentity> of(long pid) {
        return startTicks(pid).map(ticks -> new ProcessIdentity(pid, ticks));
    }

    /// The process that a text of [#toString()] stands for; empty when it is none.
    static Optional<ProcessIdentity> parse(String text) {
        String[] parts = text.strip().split("-", 2);
        try {
            return parts.length == 2
                    ? Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Whether it still runs.
    boolean isAlive() {
        return startTicks(pid).equals(Optional.of(startTicks));
    }

    /// `PID-TICKS`.
    @Override
    public String toString() {
        return pid + "-" + startTicks;
    }

    /// Field 22 of `/proc/PID/stat`; the second field is the program's name, which may hold anything but ends with the
    /// last `)`.
    private static Optional<Long> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean zombie = fromThird[0].equals("Z");
            return zombie ? Optional.empty() : Optional.of(Long.parseLong(fromThird[22 - 3]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

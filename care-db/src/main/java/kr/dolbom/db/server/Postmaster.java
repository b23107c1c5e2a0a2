package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The running server of a data folder, as PostgreSQL's own `postmaster.pid` describes it.
///
/// @param pid   its process
/// @param port  where it listens
/// @param ready whether it takes connections now; false while it starts or stops
record Postmaster(long pid, int port, boolean ready) {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /// Above the highest number that Linux gives to a process.
    private static final String NOBODYS_PID = Integer.toString(Integer.MAX_VALUE);

    /// The server that runs on these data now.
    static Optional<Postmaster> find(Path data) throws IOException {
        List<String> lines = lines(data);
        if (lines.isEmpty() || !isServerOf(data, lines.get(PID_LINE).strip())) {
            return Optional.empty();
        }
        boolean ready =
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        int port =
                lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
        return Optional.of(new Postmaster(Long.parseLong(lines.get(PID_LINE).strip()), port, ready));
    }

    /// Call when [#find] found none. PostgreSQL refuses to start when the process that a killed server left in
    /// `postmaster.pid` lives, although it may be anybody's by now: after a reboot, in a container, or dead and
    /// not yet collected by its parent. We know better, but the file must stay: it also holds the key of the shared
    /// memory by which PostgreSQL sees that children of the killed server are still at work.
    static void disownStalePid(Path data) throws IOException {
        List<String> lines = lines(data);
        if (!lines.isEmpty()
                && ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip())).isPresent()) {
            Files.writeString(
                    data.resolve("postmaster.pid"),
                    NOBODYS_PID + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n");
        }
    }

    private static List<String> lines(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean isServerOf(Path data, String pid) {
        try {
            String commandLine = Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(commandLine.split("\0", -1)).contains(data.toString());
        } catch (IOException e) {
            return false;
        }
    }
}

package kr.dolbom.risk.preview;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.risk.feed.RowReader;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.setting.Wishes;
import kr.dolbom.risk.silence.Population;

/// Plays what is stored of an office to the settings that stand and to those that are proposed, each with a town of
/// its own that learns as it goes.
///
/// It begins two weeks before the period, so that rhythms are known when it starts. It reads half a day at a time and
/// rests as long as that took; what it holds grows with the homes, at most some 600, not with the time.
final class OfficeReplay {
    private static final Duration LEARNING = Duration.ofDays(14);
    private static final Duration STRETCH = Duration.ofHours(12);
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final Job job;
    private final Subjects subjects;
    private final Tally tally;
    private final Map<Integer, HomeReplay> homes = new HashMap<>();
    private final Instant begins;

    /// Is told how far the work has come, and may end it.
    @FunctionalInterface
    interface Progress {
        /// Half a day more is done.
        ///
        /// @param share done, 0 to 1
        /// @param took how long the last stretch took
        /// @throws InterruptedException where the work is to stop
        void report(double share, Duration took) throws SQLException, InterruptedException;
    }

    private OfficeReplay(Connection connection, Job job, Subjects subjects, Tally tally, Instant begins) {
        this.connection = connection;
        this.job = job;
        this.subjects = subjects;
        this.tally = tally;
        this.begins = begins;
    }

    /// From when on a job needs messages.
    static Instant beginning(Job job) {
        return job.from().minus(LEARNING);
    }

    /// Works a job out.
    ///
    /// @param proofWindow for how long a message proves that its device is alive
    static Result run(Connection connection, Job job, Duration proofWindow, Progress progress)
            throws SQLException, InterruptedException {
        Subjects subjects = Subjects.read(connection, job);
        Instant first = subjects.findFirstMessage(connection, beginning(job), job.to());
        Instant from = first == null || first.isBefore(job.from()) ? job.from() : first;
        var tally = new Tally(from.getEpochSecond(), job.to().getEpochSecond());
        var replay = new OfficeReplay(connection, job, subjects, tally, first == null ? job.to() : first);
        replay.addHomes(proofWindow);
        replay.play(progress);
        return new Result(job, from, subjects, tally);
    }

    private void addHomes(Duration proofWindow) throws SQLException {
        // Advisories that ended before are of no use to anybody.
        Wishes wishes = Wishes.read(connection, begins);
        Wishes supposed = wishes.supposing(job.officeNo(), job.residentNo(), job.proposed());
        var town = new Population();
        var supposedTown = new Population();
        for (PreviewHome home : subjects.homes()) {
            homes.put(
                    home.residentNo(), new HomeReplay(home, wishes, supposed, town, supposedTown, proofWindow, tally));
        }
    }

    private void play(Progress progress) throws SQLException, InterruptedException {
        double all = Math.max(1, Duration.between(begins, job.to()).toSeconds());
        Array residents = connection.createArrayOf("integer", homes.keySet().toArray());
        for (Instant at = begins; at.isBefore(job.to()); at = at.plus(STRETCH)) {
            long began = System.nanoTime();
            Instant end = at.plus(STRETCH).isBefore(job.to()) ? at.plus(STRETCH) : job.to();
            play(at, end, residents);
            progress.report(
                    Duration.between(begins, end).toSeconds() / all, Duration.ofNanos(System.nanoTime() - began));
        }
        homes.values().forEach(HomeReplay::finish);
    }

    private void play(Instant from, Instant to, Array residents) throws SQLException {
        connection.setAutoCommit(false); // or the driver would take all rows at once
        try (PreparedStatement select = connection.prepareStatement("select " + RowReader.COLUMNS + """
                from telemetry t where t.at >= ? and t.at < ? and t.resident_no = any (?)
                order by t.at, t.device_no, t.seq""")) {
            select.setFetchSize(FETCH_ROWS);
            select.setObject(1, from.atOffset(ZoneOffset.UTC));
            select.setObject(2, to.atOffset(ZoneOffset.UTC));
            select.setArray(3, residents);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Optional<TelemetryRow> found = RowReader.find(row);
                    if (found.isPresent()) {
                        HomeReplay home = homes.get(found.get().residentNo());
                        if (home != null) {
                            home.apply(found.get());
                        }
                    }
                }
            }
        } finally {
            connection.rollback(); // it only read
            connection.setAutoCommit(true);
        }
    }
}

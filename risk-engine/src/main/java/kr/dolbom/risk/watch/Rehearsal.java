package kr.dolbom.risk.watch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.DevicesAtHome;
import kr.dolbom.risk.resident.Home;
import kr.dolbom.risk.setting.Wishes;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Population;

/// The watch over one resident as in service, but without a database: nobody has set anything, and only messages
/// prove that the one device at home is alive. For the evaluation on recorded homes. Not safe for use by several
/// threads.
public final class Rehearsal {
    /// How long after its last message a device counts as silent.
    public static final Duration DEVICE_SILENT_AFTER = Duration.ofMinutes(30);

    private static final WatchSettings SETTINGS =
            new WatchSettings(DEVICE_SILENT_AFTER, Duration.ofHours(2), Duration.ofMinutes(15), Duration.ofSeconds(10));
    private static final DevicesAtHome ONE = new DevicesAtHome(1, null, false);
    private static final Wishes NO_WISHES = Wishes.none();

    private final ResidentWatch watch;

    /// A resident of whom nothing is known, in a home whose clock shows UTC.
    ///
    /// @param population of which this resident becomes one
    /// @param sight that knows the home
    public Rehearsal(int residentNo, Population population, Sight sight) {
        var home = new Home(ZoneOffset.UTC, 1, "");
        this.watch = new ResidentWatch(residentNo, home, SETTINGS, population, sight);
    }

    /// Applies a message, of which `sight` is to be told apart.
    ///
    /// @param outcomes takes what the message itself brings about
    /// @return whether [#review] is due at once
    public boolean apply(TelemetryRow row, List<Outcome> outcomes) {
        return watch.apply(row, outcomes);
    }

    /// Judges how things stand now.
    ///
    /// @param outcomes takes what came of it
    /// @return when to judge again without a message; empty: only after one
    public Optional<Instant> review(Instant now, List<Outcome> outcomes) {
        try {
            return watch.review(now, _ -> ONE, NO_WISHES, outcomes);
        } catch (SQLException e) {
            throw new IllegalStateException("there is no database", e);
        }
    }

    /// What is known, for [#read].
    public byte[] write() {
        var bytes = new ByteArrayOutputStream();
        try {
            watch.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Takes up what [#write] gave; only where nothing was applied yet.
    public void read(byte[] state) {
        try {
            watch.read(new DataInputStream(new ByteArrayInputStream(state)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

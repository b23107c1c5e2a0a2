package kr.dolbom.risk.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kr.dolbom.risk.alert.Outcome;
import kr.dolbom.risk.alert.Visibility;
import kr.dolbom.risk.feed.TelemetryRow;
import kr.dolbom.risk.resident.Residents;
import kr.dolbom.risk.sight.Sight;
import kr.dolbom.risk.silence.Population;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All residents who were ever heard of, and when to look at each next.
///
/// First [#replay] what is known, then [#resume]; from then on [#apply] new messages and [#review] once they have all
/// come. One thread uses it; after an exception it is thrown away and built anew.
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final Residents residents;
    private final WatchSettings settings;
    private final Population population = new Population();
    private final Map<Integer, ResidentWatch> watches = new HashMap<>();
    private final Moments moments = new Moments();
    private final Set<Integer> touched = new LinkedHashSet<>();
    private final Sight sight;
    private boolean isSightLoaded;

    /// An empty fleet.
    public Fleet(Residents residents, WatchSettings settings) {
        this.residents = residents;
        this.settings = settings;
        this.sight = new Sight(residents);
    }

    /// Learns from a message whose outcomes were written before.
    public void replay(TelemetryRow row) throws SQLException {
        loadSight();
        sight.replay(row);
        applyToResident(row, new ArrayList<>());
    }

    private void loadSight() throws SQLException {
        if (!isSightLoaded) {
            sight.load();
            isSightLoaded = true;
        }
    }

    /// Takes up the alerts and scores that an earlier engine left.
    public void resume(Connection connection) throws SQLException {
        loadSight();
        sight.resume();
        try (PreparedStatement select = connection.prepareStatement("""
                        select r.resident_no,
                               exists (select from alert a where a.resident_no = r.resident_no
                                       and a.family = 'silence' and a.state = 'raised') as silence,
                               exists (select from alert a where a.resident_no = r.resident_no
                                       and a.family = 'device' and a.state = 'raised') as device,
                               s.at, s.score, s.visibility
                        from resident r
                        left join lateral (select at, score, visibility from risk_score s
                                           where s.resident_no = r.resident_no order by at desc limit 1) s on true""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ResidentWatch watch = watches.get(row.getInt("resident_no"));
                if (watch != null) {
                    watch.resume(row.getBoolean("silence"), row.getBoolean("device"), score(row));
                }
            }
        }
        touched.addAll(watches.keySet());
    }

    private static Outcome.@Nullable Score score(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
        if (at == null) {
            return null;
        }
        return new Outcome.Score(
                row.getInt("resident_no"),
                at.toInstant(),
                row.getInt("score"),
                Visibility.getById(row.getString("visibility")));
    }

    /// Applies a message.
    ///
    /// @param outcomes takes what the message itself brings about
    public void apply(TelemetryRow row, List<Outcome> outcomes) throws SQLException {
        sight.heard(row);
        applyToResident(row, outcomes);
    }

    private void applyToResident(TelemetryRow row, List<Outcome> outcomes) throws SQLException {
        ResidentWatch watch = watches.get(row.residentNo());
        if (watch == null) {
            Optional<ZoneId> zone = residents.findZone(row.residentNo());
            if (zone.isEmpty()) {
                LOG.warn(
                        "Passed over a message for nobody residentNo={} deviceNo={} messageId={}",
                        row.residentNo(),
                        row.deviceNo(),
                        row.messageId());
                return;
            }
            watch = new ResidentWatch(row.residentNo(), zone.get(), settings, population, sight);
            watches.put(row.residentNo(), watch);
            touched.add(row.residentNo());
        }
        try {
            if (watch.apply(row, outcomes)) {
                touched.add(row.residentNo());
            }
        } catch (RuntimeException e) {
            // One message that we cannot deal with must not keep the others from being read.
            LOG.error(
                    "Passed over a message that failed residentNo={} deviceNo={} messageId={}",
                    row.residentNo(),
                    row.deviceNo(),
                    row.messageId(),
                    e);
        }
    }

    /// Looks at every resident whom a message touched or whose moment has come. Call it only when nothing that is
    /// stored has been left unread.
    public List<Outcome> review(Instant now) throws SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        touched.addAll(sight.review(now, outcomes));
        if (sight.isUnsure(now)) {
            return outcomes;
        }
        touched.addAll(moments.listDue(now));
        for (int residentNo : touched) {
            ResidentWatch watch = watches.get(residentNo);
            if (watch != null) {
                review(residentNo, watch, now, outcomes);
            }
        }
        touched.clear();
        return outcomes;
    }

    private void review(int residentNo, ResidentWatch watch, Instant now, List<Outcome> outcomes) throws SQLException {
        try {
            watch.review(now, residents::getDevices, outcomes)
                    .ifPresentOrElse(at -> moments.set(residentNo, at), () -> moments.clear(residentNo));
        } catch (RuntimeException e) {
            // One resident whom we cannot judge must not keep the others from being watched.
            LOG.error("Could not judge a resident, looking again in a minute residentNo={}", residentNo, e);
            moments.set(residentNo, now.plus(AFTER_A_FAILURE));
        }
    }

    /// When [#review] has something to do next without a new message.
    public Optional<Instant> findNextMoment() {
        return moments.findFirst();
    }

    /// How many residents are watched.
    public int size() {
        return watches.size();
    }
}

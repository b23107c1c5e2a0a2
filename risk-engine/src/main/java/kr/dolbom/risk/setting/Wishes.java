package kr.dolbom.risk.setting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.weather.Advisory;
import kr.dolbom.risk.family.weather.Tightening;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that people have set, as it stood when it was read. A resident's setting goes before the office's, and where
/// neither set one it is as usual. Immutable; safe for use by many threads.
public final class Wishes {
    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);
    private static final Map<String, Integer> USUAL = Map.of(
            "floors.urgent", 240,
            "caps.urgent", 960,
            "caps.urgent-out", 1440,
            "margins.urgent", 0,
            "quiet.begins", 1320,
            "quiet.ends", 420);

    private final Map<String, Integer> usual;
    private final Map<Integer, Map<String, Integer>> ofOffices;
    private final Map<Integer, Map<String, Integer>> ofResidents;
    private final Map<Integer, Mode> modes;
    private final Map<Integer, List<DistrictAdvisory>> advisories;
    private final List<Relearning> relearnings;
    private final List<FalseAlarm> falseAlarms;
    /// For residents of whom nothing is set, found when first asked for.
    private final Map<Integer, RiskSettings> settingsOfOffices = new ConcurrentHashMap<>();

    private final Map<Integer, QuietHours> quietHoursOfOffices = new ConcurrentHashMap<>();

    /// Somebody asks that a resident's rhythm be forgotten.
    ///
    /// @param number of the row
    public record Relearning(long number, int residentNo) {}

    /// Somebody said that an alert was false, and nothing was learnt from it yet.
    public record FalseAlarm(UUID alertId, int residentNo, Family family, Tier tier) {}

    private record DistrictAdvisory(@Nullable String neighbourhood, Advisory advisory) {
        private boolean concerns(String district) {
            return neighbourhood == null || neighbourhood.equals(district);
        }
    }

    private Wishes(
            Map<String, Integer> usual,
            Map<Integer, Map<String, Integer>> ofOffices,
            Map<Integer, Map<String, Integer>> ofResidents,
            Map<Integer, Mode> modes,
            Map<Integer, List<DistrictAdvisory>> advisories,
            List<Relearning> relearnings,
            List<FalseAlarm> falseAlarms) {
        this.usual = usual;
        this.ofOffices = ofOffices;
        this.ofResidents = ofResidents;
        this.modes = modes;
        this.advisories = advisories;
        this.relearnings = relearnings;
        this.falseAlarms = falseAlarms;
    }

    /// Nothing is set, and the usual values are the engine's own: for a fleet without a database.
    public static Wishes none() {
        return new Wishes(USUAL, Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of());
    }

    /// Reads all of it. What it costs grows with the number of settings made, not of residents.
    ///
    /// @param now modes that ended before are left out
    public static Wishes read(Connection connection, Instant now) throws SQLException {
        Map<String, Integer> usual = new HashMap<>();
        Map<Integer, Map<String, Integer>> ofOffices = new HashMap<>();
        Map<Integer, Map<String, Integer>> ofResidents = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select name, usual from risk_setting");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                usual.put(row.getString(1), row.getInt(2));
            }
        }
        try (PreparedStatement select = connection.prepareStatement("""
                        select distinct on (office_no, resident_no, name) office_no, resident_no, name, value
                          from risk_setting_change
                         order by office_no, resident_no, name, change_no desc""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Integer value = row.getObject("value", Integer.class);
                Integer resident = row.getObject("resident_no", Integer.class);
                if (value != null) {
                    (resident == null ? ofOffices : ofResidents)
                            .computeIfAbsent(
                                    resident == null ? row.getInt("office_no") : resident, _ -> new HashMap<>())
                            .put(row.getString("name"), value);
                }
            }
        }
        return new Wishes(
                usual,
                ofOffices,
                ofResidents,
                readModes(connection, now),
                readAdvisories(connection, now),
                readRelearnings(connection),
                readFalseAlarms(connection));
    }

    private static Map<Integer, List<DistrictAdvisory>> readAdvisories(Connection connection, Instant now)
            throws SQLException {
        Map<Integer, List<DistrictAdvisory>> advisories = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select kind, office_no, neighbourhood, starts_at, ends_at from weather_advisory
                 where ends_at > ? order by advisory_no""")) {
            select.setObject(1, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var advisory = new Advisory(
                            Advisory.Kind.getById(row.getString("kind")),
                            row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                            row.getObject("ends_at", OffsetDateTime.class).toInstant());
                    advisories
                            .computeIfAbsent(row.getInt("office_no"), _ -> new ArrayList<>())
                            .add(new DistrictAdvisory(row.getString("neighbourhood"), advisory));
                }
            }
        }
        return advisories;
    }

    private static List<Relearning> readRelearnings(Connection connection) throws SQLException {
        List<Relearning> relearnings = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select relearning_no, resident_no from relearning where done_at is null order by relearning_no");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                relearnings.add(new Relearning(row.getLong(1), row.getInt(2)));
            }
        }
        return relearnings;
    }

    private static List<FalseAlarm> readFalseAlarms(Connection connection) throws SQLException {
        List<FalseAlarm> falseAlarms = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        select alert_id, resident_no, family, tier from alert
                         where outcome = 'false-alarm' and learnt_at is null and not drill order by resolved_at""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Optional<Family> family = Family.find(row.getString("family"));
                if (family.isPresent()) {
                    falseAlarms.add(new FalseAlarm(
                            row.getObject("alert_id", UUID.class),
                            row.getInt("resident_no"),
                            family.get(),
                            Tier.getById(row.getString("tier"))));
                }
            }
        }
        return falseAlarms;
    }

    private static Map<Integer, Mode> readModes(Connection connection, Instant now) throws SQLException {
        Map<Integer, Mode> modes = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select resident_no, mode, begins_at, ends_at from resident_mode where ends_at > ? order by mode_no""")) {
            select.setObject(1, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    modes.put(
                            row.getInt("resident_no"),
                            new Mode(
                                    Mode.Kind.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                                    row.getObject("begins_at", OffsetDateTime.class)
                                            .toInstant(),
                                    row.getObject("ends_at", OffsetDateTime.class)
                                            .toInstant()));
                }
            }
        }
        return modes;
    }

    /// What holds for a resident. Bounds that contradict each other, since the office's and the resident's were set
    /// apart, are brought into order: the floor gives way to the cap, and the cap after an exit door to neither.
    public RiskSettings settingsOf(int residentNo, int officeNo) {
        return ofResidents.containsKey(residentNo)
                ? find(residentNo, officeNo)
                : settingsOfOffices.computeIfAbsent(officeNo, office -> find(residentNo, office));
    }

    private RiskSettings find(int residentNo, int officeNo) {
        Duration cap = minutes("caps.urgent", residentNo, officeNo);
        Duration floor = minutes("floors.urgent", residentNo, officeNo);
        Duration capOut = minutes("caps.urgent-out", residentNo, officeNo);
        if (floor.compareTo(cap) > 0 || cap.compareTo(capOut) > 0) {
            LOG.debug(
                    "Settings contradict each other residentNo={} floor={} cap={} capOut={}",
                    residentNo,
                    floor,
                    cap,
                    capOut);
        }
        return new RiskSettings(
                floor.compareTo(cap) > 0 ? cap : floor,
                cap,
                capOut.compareTo(cap) < 0 ? cap : capOut,
                value("margins.urgent", residentNo, officeNo) / 100.0);
    }

    /// When the robot asks a resident nothing.
    public QuietHours quietHoursOf(int residentNo, int officeNo) {
        return ofResidents.containsKey(residentNo)
                ? findQuietHours(residentNo, officeNo)
                : quietHoursOfOffices.computeIfAbsent(officeNo, office -> findQuietHours(residentNo, office));
    }

    private QuietHours findQuietHours(int residentNo, int officeNo) {
        return QuietHours.of(
                minutes("quiet.begins", residentNo, officeNo), minutes("quiet.ends", residentNo, officeNo));
    }

    /// The same with other settings of one office, or of one resident.
    ///
    /// @param residentNo null: of the office
    /// @param proposed by name, in the database's units; null: no longer set
    public Wishes supposing(int officeNo, @Nullable Integer residentNo, Map<String, @Nullable Integer> proposed) {
        Map<Integer, Map<String, Integer>> changed = new HashMap<>(residentNo == null ? ofOffices : ofResidents);
        Map<String, Integer> own =
                new HashMap<>(changed.getOrDefault(residentNo == null ? officeNo : residentNo, Map.of()));
        proposed.forEach((name, value) -> {
            if (value == null) {
                own.remove(name);
            } else {
                own.put(name, value);
            }
        });
        changed.put(residentNo == null ? officeNo : residentNo, own);
        return new Wishes(
                usual,
                residentNo == null ? changed : ofOffices,
                residentNo == null ? ofResidents : changed,
                modes,
                advisories,
                relearnings,
                falseAlarms);
    }

    /// Whether what holds for a resident does not depend on the time: no mode is entered for the resident, and there is
    /// no advisory for the office.
    public boolean isSteadyFor(int residentNo, int officeNo) {
        return !modes.containsKey(residentNo) && !advisories.containsKey(officeNo);
    }

    /// The mode that was entered for a resident and has not ended; it may begin later.
    public Optional<Mode> findMode(int residentNo) {
        return Optional.ofNullable(modes.get(residentNo));
    }

    /// By how much the weather tightens the watch in a district.
    public Tightening tighteningOf(int officeNo, String neighbourhood, Instant now) {
        List<DistrictAdvisory> ofOffice = advisories.getOrDefault(officeNo, List.of());
        if (ofOffice.isEmpty()) {
            return Tightening.NONE;
        }
        return Tightening.of(
                ofOffice.stream()
                        .filter(one -> one.concerns(neighbourhood))
                        .map(DistrictAdvisory::advisory)
                        .toList(),
                now);
    }

    /// Who is to be learnt anew.
    public List<Relearning> relearnings() {
        return relearnings;
    }

    /// Which alerts were called false, of which nothing was learnt yet.
    public List<FalseAlarm> falseAlarms() {
        return falseAlarms;
    }

    /// Whether anything that is judged by differs between two readings.
    ///
    /// @param now in the other one advisories and modes may have begun or ended by then
    public boolean differsFrom(Wishes other, Instant before, Instant now) {
        return !usual.equals(other.usual)
                || !ofOffices.equals(other.ofOffices)
                || !ofResidents.equals(other.ofResidents)
                || !modes.equals(other.modes)
                || !advisories.equals(other.advisories)
                || modes.values().stream().anyMatch(mode -> mode.holdsAt(before) != mode.holdsAt(now))
                || advisories.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(one -> isInForce(one, before) != isInForce(one, now));
    }

    private static boolean isInForce(DistrictAdvisory one, Instant at) {
        return !Tightening.of(List.of(one.advisory()), at).equals(Tightening.NONE);
    }

    private Duration minutes(String name, int residentNo, int officeNo) {
        return Duration.ofMinutes(value(name, residentNo, officeNo));
    }

    private int value(String name, int residentNo, int officeNo) {
        Integer own = ofResidents.getOrDefault(residentNo, Map.of()).get(name);
        if (own != null) {
            return own;
        }
        Integer offices = ofOffices.getOrDefault(officeNo, Map.of()).get(name);
        if (offices != null) {
            return offices;
        }
        Integer asUsual = usual.get(name);
        if (asUsual == null) {
            throw new IllegalStateException("the table risk_setting has no '%s'".formatted(name));
        }
        return asUsual;
    }
}

package kr.dolbom.risk.setting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that people have set, as it stood when it was read. A resident's setting goes before the office's, and where
/// neither set one it is as usual. Immutable; safe for use by many threads.
public final class Wishes {
    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

    private final Map<String, Integer> usual;
    private final Map<Integer, Map<String, Integer>> ofOffices;
    private final Map<Integer, Map<String, Integer>> ofResidents;
    private final Map<Integer, Mode> modes;

    private Wishes(
            Map<String, Integer> usual,
            Map<Integer, Map<String, Integer>> ofOffices,
            Map<Integer, Map<String, Integer>> ofResidents,
            Map<Integer, Mode> modes) {
        this.usual = usual;
        this.ofOffices = ofOffices;
        this.ofResidents = ofResidents;
        this.modes = modes;
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
        return new Wishes(usual, ofOffices, ofResidents, readModes(connection, now));
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
        Duration cap = minutes("caps.urgent", residentNo, officeNo);
        Duration floor = minutes("floor.urgent", residentNo, officeNo);
        Duration capOut = minutes("caps.out", residentNo, officeNo);
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
                value("margin.silence", residentNo, officeNo) / 100.0);
    }

    /// The mode that was entered for a resident and has not ended; it may begin later.
    public Optional<Mode> findMode(int residentNo) {
        return Optional.ofNullable(modes.get(residentNo));
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

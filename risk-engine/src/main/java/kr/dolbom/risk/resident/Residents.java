package kr.dolbom.risk.resident;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/// Reads the registry. Homes are remembered for the object's life. The canary home is none: its calls
/// for help take the emergency lane, and it has no rhythm that anybody could learn from. One thread uses
/// it.
public final class Residents {
    private final DataSource database;
    /// In order; a resident's zone has the same index.
    private int[] numbers = new int[0];

    private Home[] homes = new Home[0];
    private final Set<Integer> nobody = new HashSet<>();
    private final Set<Integer> canaries = new HashSet<>();

    /// @param database where the registry is
    public Residents(DataSource database) {
        this.database = database;
    }

    /// Where the resident lives; empty where there is no such resident.
    public Optional<Home> findHome(int residentNo) throws SQLException {
        int index = Arrays.binarySearch(numbers, residentNo);
        if (index < 0 && !nobody.contains(residentNo)) {
            // All at once: at the start each of them is asked for.
            readHomes();
            index = Arrays.binarySearch(numbers, residentNo);
            if (index < 0) {
                nobody.add(residentNo);
            }
        }
        return index < 0 ? Optional.empty() : Optional.of(homes[index]);
    }

    /// Whether this is the canary home's resident, of whom [#findHome] knows nothing.
    public boolean isCanary(int residentNo) {
        return canaries.contains(residentNo);
    }

    private void readHomes() throws SQLException {
        Map<String, ZoneId> byName = new HashMap<>();
        // One string for all who live there.
        Map<String, String> names = new HashMap<>();
        int count = 0;
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select r.resident_no, o.time_zone, r.office_no, r.neighbourhood, o.canary
                        from resident r join office o using (office_no) order by r.resident_no""");
                ResultSet row = select.executeQuery()) {
            int[] newNumbers = new int[numbers.length + 64];
            Home[] newHomes = new Home[newNumbers.length];
            while (row.next()) {
                if (row.getBoolean(5)) {
                    canaries.add(row.getInt(1));
                    continue;
                }
                if (count == newNumbers.length) {
                    newNumbers = Arrays.copyOf(newNumbers, count * 2);
                    newHomes = Arrays.copyOf(newHomes, count * 2);
                }
                newNumbers[count] = row.getInt(1);
                newHomes[count++] = new Home(
                        byName.computeIfAbsent(row.getString(2), OfficeZone::of),
                        row.getInt(3),
                        names.computeIfAbsent(row.getString(4), name -> name));
            }
            numbers = Arrays.copyOf(newNumbers, count);
            homes = Arrays.copyOf(newHomes, count);
        }
    }

    /// All homes that have a device, in order of their residents' numbers.
    public List<HomeGroups> listHomes() throws SQLException {
        List<HomeGroups> homes = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select r.resident_no, r.office_no, r.neighbourhood,
                               case when min(d.vendor) = max(d.vendor) then min(d.vendor) end as vendor,
                               count(*) as devices
                        from resident r join device d using (resident_no) join office o using (office_no)
                        where d.revoked_at is null and not o.canary
                        group by r.resident_no
                        order by r.resident_no""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                homes.add(new HomeGroups(
                        row.getInt("resident_no"),
                        row.getInt("office_no"),
                        row.getString("neighbourhood"),
                        row.getString("vendor"),
                        row.getInt("devices")));
            }
        }
        return homes;
    }

    /// Where the registry is.
    public DataSource database() {
        return database;
    }

    /// The resident's devices as they are now.
    public DevicesAtHome getDevices(int residentNo) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select count(*),
                               min(p.changed_at) filter (where p.connected),
                               coalesce(bool_and(coalesce(p.on_mains = false and p.battery_percent <= ?, false)), false)
                        from device d left join device_presence p using (device_no)
                        where d.resident_no = ? and d.revoked_at is null""")) {
            select.setInt(1, DevicesAtHome.NEARLY_EMPTY_PERCENT);
            select.setInt(2, residentNo);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                OffsetDateTime connectedSince = row.getObject(2, OffsetDateTime.class);
                return new DevicesAtHome(
                        row.getInt(1), connectedSince == null ? null : connectedSince.toInstant(), row.getBoolean(3));
            }
        }
    }
}

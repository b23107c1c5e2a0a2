package kr.dolbom.caseworker.console.fleet;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Battery;
import kr.dolbom.caseworker.registry.NamePart;
import kr.dolbom.caseworker.registry.Offices;
import kr.dolbom.caseworker.registry.ResidentNames;
import kr.dolbom.caseworker.registry.Residents;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reads one device and puts it into words. Safe for use by many threads.
@Singleton
final class DeviceReader {
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final int MOST = 25;
    private static final int MOST_FOUND = 20;

    private final Transactions transactions;
    private final RefusedReader refused;
    private final Clock clock;

    DeviceReader(Transactions transactions, RefusedReader refused, Clock clock) {
        this.transactions = transactions;
        this.refused = refused;
        this.clock = clock;
    }

    /// Whom to look for.
    ///
    /// @param officeId in which office
    /// @param words a part of a name, or the neighbourhood
    record Search(UUID officeId, String words) {}

    private record Found(
            int number,
            FleetPage.Row row,
            List<DevicePage.Fact> facts,
            @Nullable Integer residentNo) {}

    DevicePage read(
            Viewer viewer, Frame frame, FleetScope scope, String deviceId, @Nullable Search search, String done) {
        boolean mayChange = viewer.account().role().equals(Role.OPERATOR);
        DevicePage page = transactions.run(
                connection -> read(connection, viewer, frame, scope, deviceId, mayChange, search, done));
        return new DevicePage(
                page.frame(),
                page.id(),
                page.row(),
                page.facts(),
                page.resident(),
                page.presence(),
                page.events(),
                page.holes(),
                page.commands(),
                page.chart(),
                refused.ofDevice(viewer, frame.phrasing(), scope, deviceId),
                page.hides(),
                page.mayChange(),
                page.claim(),
                page.offices(),
                page.found(),
                page.done());
    }

    /// Whether this device is one that the viewer sees.
    void check(FleetScope scope, String deviceId) {
        transactions.run(connection -> number(connection, scope, deviceId));
    }

    private static int number(Connection connection, FleetScope scope, String deviceId) {
        return scope.fill(Sql.on(
                        connection, "select d.device_no from device d where d.device_id = :device" + scope.where()))
                .with("device", deviceId)
                .find(row -> row.number("device_no"))
                .orElseThrow(() -> Problem.notFound("device", deviceId));
    }

    private DevicePage read(
            Connection connection,
            Viewer viewer,
            Frame frame,
            FleetScope scope,
            String deviceId,
            boolean mayChange,
            @Nullable Search search,
            String done) {
        Phrasing phrasing = frame.phrasing();
        Found device = find(connection, phrasing, scope, deviceId);
        return new DevicePage(
                frame,
                deviceId,
                device.row(),
                device.facts(),
                scope.seesResidents() && device.residentNo() != null
                        ? resident(connection, viewer, phrasing, device.residentNo())
                        : null,
                presence(connection, device.number()),
                events(connection, phrasing, device.number()),
                holes(connection, phrasing, device.number()),
                commands(connection, phrasing, device.number()),
                refused.chartOfDevice(connection, frame.words(), scope, deviceId),
                List.of(),
                !scope.seesResidents(),
                mayChange,
                mayChange ? claim(connection, phrasing, device.number()) : "",
                mayChange ? offices(connection) : List.of(),
                search == null || !mayChange ? null : search(connection, viewer, phrasing, search),
                done);
    }

    private static Found find(Connection connection, Phrasing phrasing, FleetScope scope, String deviceId) {
        Words words = phrasing.words();
        return scope.fill(Sql.on(connection, """
                        select d.device_no, d.device_id, d.vendor, d.model, d.resident_no, d.created_at, d.revoked_at,
                               p.connected, p.changed_at, p.reason, p.firmware, p.contract,
                               p.battery_percent::integer as battery, coalesce(p.on_mains, false) as mains, p.status_at
                          from device d left join device_presence p using (device_no)
                         where d.device_id = :device
                        """ + scope.where()))
                .with("device", deviceId)
                .find(row -> {
                    Integer residentNo = row.findNumber("resident_no");
                    Instant changed = row.findInstant("changed_at");
                    Instant sign = row.findInstant("status_at");
                    String state = row.findInstant("revoked_at") != null
                            ? "revoked"
                            : changed == null ? "never" : row.flag("connected") ? "on" : "off";
                    boolean mains = row.flag("mains");
                    Integer percent = row.findNumber("battery");
                    String battery = FleetReader.battery(words, percent, mains);
                    return new Found(
                            row.number("device_no"),
                            new FleetPage.Row(
                                    deviceId,
                                    row.text("vendor") + " " + row.text("model"),
                                    Objects.requireNonNullElse(row.findText("firmware"), ""),
                                    state,
                                    words.text("fleet.presence." + state),
                                    changed == null ? null : phrasing.when(changed),
                                    sign == null ? null : phrasing.when(sign),
                                    battery,
                                    Battery.isLow(percent, mains),
                                    words.text(residentNo == null ? "fleet.no-home" : "fleet.home")),
                            facts(row, phrasing, changed, sign, battery),
                            residentNo);
                })
                .orElseThrow(() -> Problem.notFound("device", deviceId));
    }

    private static List<DevicePage.Fact> facts(
            Row row, Phrasing phrasing, @Nullable Instant changed, @Nullable Instant sign, String battery) {
        String none = phrasing.words().text("fleet.none");
        return Stream.of(
                        new String[] {"vendor", row.text("vendor")},
                        new String[] {"model", row.text("model")},
                        new String[] {"firmware", row.findText("firmware")},
                        new String[] {"contract", row.findText("contract")},
                        new String[] {
                            "since",
                            changed == null ? null : phrasing.when(changed).exact()
                        },
                        new String[] {"reason", row.findText("reason")},
                        new String[] {
                            "sign", sign == null ? null : phrasing.when(sign).exact()
                        },
                        new String[] {"battery", battery.isEmpty() ? null : battery},
                        new String[] {"created", phrasing.date(row.instant("created_at"))})
                .map(fact -> new DevicePage.Fact(
                        phrasing.words().text("fleet.fact." + fact[0]), fact[1] == null ? none : fact[1]))
                .toList();
    }

    private static DevicePage.Home resident(Connection connection, Viewer viewer, Phrasing phrasing, int residentNo) {
        AuditLog.write(connection, viewer.actor(), "resident-read", residentNo);
        return home(Residents.list(connection, List.of(residentNo)).getFirst(), phrasing);
    }

    private static DevicePage.Home home(Residents.Known resident, Phrasing phrasing) {
        Residents.Entry entry = resident.entry();
        return new DevicePage.Home(
                resident.residentId().toString(),
                entry.name(),
                phrasing.age(entry.birthYear()) + " · " + entry.neighbourhood());
    }

    private record Event(Instant at, boolean connected, String reason) {}

    private List<DevicePage.Bar> presence(Connection connection, int deviceNo) {
        Instant now = clock.instant();
        Instant start = now.minus(WINDOW);
        List<Event> events = Sql.on(connection, """
                        select at, connected, reason from (
                            (select at, connected, reason from presence_event
                              where device_no = :device and at <= :start order by at desc limit 1)
                             union all
                            (select at, connected, reason from presence_event
                              where device_no = :device and at > :start order by at desc limit 2000)) e order by at""")
                .with("device", deviceNo)
                .with("start", start)
                .list(DeviceReader::event);
        List<DevicePage.Bar> bars = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Instant from =
                    events.get(i).at().isBefore(start) ? start : events.get(i).at();
            Instant to = i + 1 < events.size() ? events.get(i + 1).at() : now;
            if (events.get(i).connected() && to.isAfter(from)) {
                bars.add(new DevicePage.Bar((int) Duration.between(start, from).toMinutes(), (int)
                        Math.max(1, Duration.between(from, to).toMinutes())));
            }
        }
        return bars;
    }

    private static Event event(Row row) {
        return new Event(row.instant("at"), row.flag("connected"), row.text("reason"));
    }

    private static List<DevicePage.Line> events(Connection connection, Phrasing phrasing, int deviceNo) {
        return Sql.on(connection, """
                        select at, connected, reason from presence_event
                         where device_no = :device order by at desc limit :most""")
                .with("device", deviceNo)
                .with("most", MOST)
                .list(row -> {
                    Event event = event(row);
                    return new DevicePage.Line(
                            phrasing.when(event.at()).exact(),
                            phrasing.words()
                                    .text(
                                            event.connected() ? "fleet.event.on" : "fleet.event.off",
                                            reason(phrasing.words(), event.reason())));
                });
    }

    /// Why a connection began or ended; one of the rarer names that MQTT has is told with it.
    private static String reason(Words words, String reason) {
        String key = "fleet.reason." + reason;
        return words.has(key) ? words.text(key) : words.text("fleet.reason.other", reason);
    }

    private static List<DevicePage.Line> holes(Connection connection, Phrasing phrasing, int deviceNo) {
        return Sql.on(connection, """
                        select from_seq::text as first, to_seq::text as last, noticed_at, closed_at is null as open
                          from sequence_gap where device_no = :device order by noticed_at desc limit :most""")
                .with("device", deviceNo)
                .with("most", MOST)
                .list(row -> new DevicePage.Line(
                        phrasing.when(row.instant("noticed_at")).exact(),
                        phrasing.words()
                                .text(
                                        row.flag("open") ? "fleet.hole.open" : "fleet.hole.closed",
                                        row.text("first"),
                                        row.text("last"))));
    }

    /// What it was told: the kind and how far it came, never the words.
    private static List<DevicePage.Line> commands(Connection connection, Phrasing phrasing, int deviceNo) {
        return Sql.on(connection, """
                        select kind, state, created_at from device_command
                         where device_no = :device order by created_at desc limit :most""")
                .with("device", deviceNo)
                .with("most", MOST)
                .list(row -> new DevicePage.Line(
                        phrasing.when(row.instant("created_at")).exact(),
                        row.text("kind") + " · " + phrasing.words().text("fleet.command." + row.text("state"))));
    }

    private String claim(Connection connection, Phrasing phrasing, int deviceNo) {
        return Sql.on(connection, """
                        select max(expires_at) as expires from device_credential
                         where device_no = :device and kind = 'claim' and dropped_at is null and used_at is null
                           and expires_at > :now""")
                .with("device", deviceNo)
                .with("now", clock.instant())
                .find(row -> java.util.Optional.ofNullable(row.findInstant("expires")))
                .flatMap(moment -> moment)
                .map(phrasing::date)
                .orElse("");
    }

    private static List<DevicePage.Office> offices(Connection connection) {
        return Sql.on(connection, "select office_id, short_name from office where not canary order by office_no")
                .list(row -> new DevicePage.Office(row.uuid("office_id").toString(), row.text("short_name")));
    }

    private static List<DevicePage.Home> search(
            Connection connection, Viewer viewer, Phrasing phrasing, Search search) {
        NamePart wanted = NamePart.of(search.words());
        Offices.Known office = Offices.get(connection, search.officeId());
        List<Residents.Known> found = Residents.list(
                connection,
                wanted.isEmpty() || office.canary()
                        ? List.of()
                        : ResidentNames.list(connection, office.number()).stream()
                                .filter(resident -> !resident.hasLeft())
                                .filter(resident -> wanted.fits(resident.name(), resident.neighbourhood()))
                                .sorted(Comparator.comparing(ResidentNames.Named::name))
                                .limit(MOST_FOUND)
                                .map(ResidentNames.Named::number)
                                .toList());
        AuditLog.write(
                connection,
                viewer.actor(),
                "resident-read",
                found.stream().map(Residents.Known::number).toList());
        return found.stream().map(resident -> home(resident, phrasing)).toList();
    }
}

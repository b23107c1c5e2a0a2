package kr.dolbom.caseworker.console.fleet;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.registry.Battery;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reads one page of devices and puts it into words. The first page is read by the index of device ids, however many
/// devices there are. Safe for use by many threads.
@Singleton
final class FleetReader {
    static final int PAGE = 50;
    private static final Duration GAPS = Duration.ofDays(7);
    private static final Duration OVER = Duration.ofDays(1);
    private static final String COLUMNS = """
            select d.device_id, d.vendor, d.model, d.resident_no is not null as bound,
                   d.revoked_at is not null as revoked, p.connected, p.changed_at, p.firmware,
                   p.battery_percent::integer as battery, coalesce(p.on_mains, false) as mains, p.status_at
              from device d left join device_presence p using (device_no)
             where d.device_id > :after
            """;

    /// What the list can be narrowed down to; each keeps to an index of its own.
    private static final Map<String, String> STATES = states();

    private final Clock clock;

    FleetReader(Clock clock) {
        this.clock = clock;
    }

    private static Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("all", "");
        states.put("off", " and d.device_no in (select device_no from device_presence where not connected)");
        states.put(
                "weak", " and d.device_no in (select device_no from device_presence p where " + Battery.IS_LOW + ")");
        states.put("never", " and p.device_no is null");
        states.put("revoked", " and d.revoked_at is not null");
        return states;
    }

    /// What is asked for; null: everything.
    ///
    /// @param state one of [#STATES]
    /// @param vendor of this vendor
    /// @param model of this model
    /// @param firmware with this firmware
    /// @param after the last device id of the page before
    record Wish(
            @Nullable String state,
            @Nullable String vendor,
            @Nullable String model,
            @Nullable String firmware,
            @Nullable String after) {
        private String query(String wanted, String last) {
            return Stream.of(
                            "state=" + wanted,
                            part("vendor", vendor),
                            part("model", model),
                            part("firmware", firmware),
                            part("after", last))
                    .filter(one -> !one.isEmpty())
                    .collect(java.util.stream.Collectors.joining("&", "/fleet?", ""));
        }

        private static String part(String name, @Nullable String value) {
            return value == null || value.isEmpty()
                    ? ""
                    : name + "=" + java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
        }

        static String address(String vendor, String model, String firmware) {
            return new Wish(null, vendor, model, firmware, null).query("all", "");
        }
    }

    FleetPage read(Connection connection, Frame frame, FleetScope scope, Wish wish, boolean mayEnrol, String message) {
        Words words = frame.words();
        String state = wish.state() != null && STATES.containsKey(wish.state()) ? wish.state() : "all";
        List<FleetPage.Row> rows = scope.fill(Sql.on(
                        connection,
                        COLUMNS
                                + scope.where()
                                + STATES.get(state)
                                + (wish.vendor() == null ? "" : " and d.vendor = :make")
                                + (wish.model() == null ? "" : " and d.model = :model")
                                + (wish.firmware() == null ? "" : " and p.firmware = :firmware")
                                + " order by d.device_id limit :limit"))
                .with("after", wish.after() == null ? "" : wish.after())
                .with("make", wish.vendor())
                .with("model", wish.model())
                .with("firmware", wish.firmware())
                .with("limit", PAGE + 1)
                .list(row -> row(row, frame.phrasing()));
        List<FleetPage.Row> shown = rows.size() > PAGE ? rows.subList(0, PAGE) : rows;
        return new FleetPage(
                frame,
                STATES.keySet().stream()
                        .map(one -> new FleetPage.State(
                                words.text("fleet.state." + one), wish.query(one, ""), one.equals(state)))
                        .toList(),
                String.join(
                        " · ",
                        Stream.of(wish.vendor(), wish.model(), wish.firmware())
                                .filter(Objects::nonNull)
                                .toList()),
                "/fleet",
                List.copyOf(shown),
                rows.size() > PAGE ? wish.query(state, shown.getLast().id()) : "",
                outages(connection, frame.phrasing(), scope),
                mayEnrol,
                scope.vendor() != null,
                message);
    }

    private static FleetPage.Row row(Row row, Phrasing phrasing) {
        Words words = phrasing.words();
        Instant changed = row.findInstant("changed_at");
        Instant sign = row.findInstant("status_at");
        String state =
                row.flag("revoked") ? "revoked" : changed == null ? "never" : row.flag("connected") ? "on" : "off";
        return new FleetPage.Row(
                row.text("device_id"),
                row.text("vendor") + " " + row.text("model"),
                Objects.requireNonNullElse(row.findText("firmware"), ""),
                state,
                words.text("fleet.presence." + state),
                changed == null ? null : phrasing.when(changed),
                sign == null ? null : phrasing.when(sign),
                battery(words, row.findNumber("battery"), row.flag("mains")),
                Battery.isLow(row.findNumber("battery"), row.flag("mains")),
                words.text(row.flag("bound") ? "fleet.home" : "fleet.no-home"));
    }

    static String battery(Words words, @Nullable Integer percent, boolean mains) {
        if (percent == null) {
            return mains ? words.text("fleet.mains") : "";
        }
        String text = percent + " %";
        if (mains) {
            return text + " · " + words.text("fleet.mains");
        }
        return Battery.isLow(percent, false) ? text + " · " + words.text("fleet.weak") : text;
    }

    private List<FleetPage.Outage> outages(Connection connection, Phrasing phrasing, FleetScope scope) {
        Instant now = clock.instant();
        Words words = phrasing.words();
        // A vendor learns of no neighbourhood, and of no other vendor.
        List<FleetPage.Outage> outages = new ArrayList<>(Sql.on(connection, """
                        select scope, name, cause, homes, began_at, ended_at from incident
                         where (ended_at is null or ended_at > :since)
                           and (:vendor::text is null or scope = 'all' or (scope = 'vendor' and name = :vendor))
                           and (:office::integer is null or scope <> 'district' or office_no = :office)
                         order by began_at desc limit 50""")
                .with("since", now.minus(OVER))
                .with("vendor", scope.vendor())
                .with("office", scope.officeNo())
                .list(row -> {
                    Instant end = row.findInstant("ended_at");
                    String text = words.text(
                            "fleet.incident." + row.text("scope"),
                            row.text("name"),
                            words.text("fleet.cause." + row.text("cause")),
                            row.number("homes"),
                            phrasing.dateTime(row.instant("began_at")));
                    return new FleetPage.Outage(
                            end == null ? text : text + " " + words.text("fleet.over", phrasing.minute(end)),
                            end != null);
                }));
        outages.addAll(Sql.on(connection, """
                        select from_at, to_at, reason from platform_gap where to_at > :since order by to_at desc limit 20""")
                .with("since", now.minus(GAPS))
                .list(row -> new FleetPage.Outage(
                        words.text(
                                "fleet.platform-gap",
                                words.text("fleet.gap." + row.text("reason")),
                                phrasing.dateTime(row.instant("from_at")),
                                phrasing.minute(row.instant("to_at"))),
                        true)));
        if (scope.seesResidents()) {
            outages.addAll(unseen(connection, phrasing, scope));
        }
        return outages;
    }

    private static List<FleetPage.Outage> unseen(Connection connection, Phrasing phrasing, FleetScope scope) {
        return Sql.on(connection, """
                        select cause, count(*)::integer as homes, min(from_at) as since
                          from monitoring_gap
                         where to_at is null
                           and (:office::integer is null
                                or resident_no in (select resident_no from resident where office_no = :office))
                         group by cause order by cause""")
                .with("office", scope.officeNo())
                .list(row -> new FleetPage.Outage(
                        phrasing.words()
                                .text(
                                        "fleet.unseen",
                                        phrasing.words().text("fleet.cause." + row.text("cause")),
                                        row.number("homes"),
                                        phrasing.dateTime(row.instant("since"))),
                        false));
    }
}

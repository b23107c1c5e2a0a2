package kr.dolbom.caseworker.console.fleet;

import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.registry.Battery;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Counts the devices, at most once a minute for whoever sees the same ones: it reads all of them. Safe for use by
/// many threads.
@Singleton
final class FleetCounts {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    /// Numbers are compared as numbers: 1.10 is later than 1.9.
    private static final Comparator<String> VERSIONS = (one, other) -> {
        String[] left = parts(one);
        String[] right = parts(other);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = isNumber(left[i]) && isNumber(right[i])
                    ? new BigInteger(left[i]).compareTo(new BigInteger(right[i]))
                    : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    };

    private final Transactions transactions;
    private final Clock clock;
    private final Map<FleetScope, Counted> counted = new ConcurrentHashMap<>();

    FleetCounts(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Counted(Instant at, List<Group> groups) {}

    /// @param firmware null: no device of it has told
    record Group(
            String vendor,
            String model,
            @Nullable String firmware,
            int devices,
            int connected,
            int off,
            int never,
            int weak) {}

    FleetSummary read(FleetScope scope, Phrasing phrasing) {
        Counted found = Objects.requireNonNull(
                counted.compute(scope, (_, before) -> before == null || isOld(before) ? count(scope) : before));
        List<Group> groups = found.groups();
        Words words = phrasing.words();
        int most = groups.stream().mapToInt(Group::devices).max().orElse(1);
        return new FleetSummary(
                words,
                phrasing.time(found.at()),
                groups.stream().mapToInt(Group::devices).sum(),
                groups.stream().mapToInt(Group::connected).sum(),
                groups.stream().mapToInt(Group::off).sum(),
                groups.stream().mapToInt(Group::never).sum(),
                groups.stream().mapToInt(Group::weak).sum(),
                groups.stream().map(group -> line(words, group, groups, most)).toList());
    }

    private boolean isOld(Counted before) {
        return before.at().plus(GOOD_FOR).isBefore(clock.instant());
    }

    private Counted count(FleetScope scope) {
        Instant now = clock.instant();
        List<Group> groups = transactions.run(
                connection -> scope.fill(Sql.on(connection, """
                        select d.vendor, d.model, p.firmware, count(*)::integer as devices,
                               count(*) filter (where p.connected)::integer as connected,
                               count(*) filter (where not p.connected)::integer as off,
                               count(*) filter (where p.device_no is null)::integer as never,
                               count(*) filter (where
                        """ + Battery.IS_LOW + """
                               )::integer as weak
                          from device d left join device_presence p using (device_no)
                         where true
                        """ + scope.where() + """
                         group by d.vendor, d.model, p.firmware"""))
                        .list(row -> new Group(
                                row.text("vendor"),
                                row.text("model"),
                                row.findText("firmware"),
                                row.number("devices"),
                                row.number("connected"),
                                row.number("off"),
                                row.number("never"),
                                row.number("weak"))));
        return new Counted(
                now,
                groups.stream()
                        .sorted(Comparator.comparing(Group::vendor)
                                .thenComparing(Group::model)
                                .thenComparing(
                                        group -> Objects.requireNonNullElse(group.firmware(), ""), VERSIONS.reversed()))
                        .toList());
    }

    private static FleetSummary.Line line(Words words, Group group, List<Group> groups, int most) {
        String firmware = group.firmware();
        long behind = firmware == null
                ? 0
                : groups.stream()
                        .filter(other -> other.vendor().equals(group.vendor())
                                && other.model().equals(group.model())
                                && other.firmware() != null
                                && VERSIONS.compare(other.firmware(), firmware) > 0)
                        .count();
        return new FleetSummary.Line(
                group.vendor() + " " + group.model(),
                firmware == null ? words.text("fleet.firmware.none") : firmware,
                firmware == null ? "" : behind == 0 ? words.text("fleet.latest") : words.text("fleet.behind", behind),
                behind > 0,
                group.devices(),
                group.connected(),
                (int) Math.max(1, 100L * group.devices() / most),
                FleetReader.Wish.address(group.vendor(), group.model(), Objects.requireNonNullElse(firmware, "")));
    }

    private static String[] parts(String version) {
        return Arrays.stream(version.split("[^0-9A-Za-z]+|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])", -1))
                .toArray(String[]::new);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

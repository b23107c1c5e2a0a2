package kr.dolbom.caseworker.console.fleet;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.quarantine.QuarantineDesk;
import kr.dolbom.caseworker.quarantine.RefusedMessage;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reads what was refused and puts it into words. Safe for use by many threads.
@Singleton
final class RefusedReader {
    /// A stranger may call itself anything.
    private static final Pattern DEVICE = Pattern.compile("[a-z0-9][a-z0-9-]{2,63}");

    private static final int DAYS = 14;
    private static final int PAGE = 25;

    private final QuarantineDesk desk;
    private final Transactions transactions;
    private final Clock clock;

    RefusedReader(QuarantineDesk desk, Transactions transactions, Clock clock) {
        this.desk = desk;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Count(LocalDate day, String reason, long messages) {}

    RefusedPage read(Viewer viewer, Frame frame, FleetScope scope, @Nullable String reason, @Nullable Long before) {
        List<Count> counts = transactions.run(connection -> counts(connection, scope, null));
        List<RefusedMessage> found = desk.list(
                viewer, new QuarantineDesk.Wanted(null, reason, scope.vendor(), scope.officeNo()), before, PAGE + 1);
        List<RefusedMessage> shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
        Map<String, Long> reasons =
                counts.stream().collect(Collectors.groupingBy(Count::reason, Collectors.summingLong(Count::messages)));
        List<Count> charted = counts.stream()
                .filter(count -> reason == null || count.reason().equals(reason))
                .toList();
        return new RefusedPage(
                frame,
                chart(frame.words(), charted),
                reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                        .map(one -> new RefusedPage.Reason(
                                one.getKey(), one.getValue(), "/fleet/quarantine?reason=" + one.getKey()))
                        .toList(),
                reason == null ? "" : reason,
                shown.stream()
                        .map(message -> tell(message, frame.phrasing(), scope))
                        .toList(),
                found.size() > PAGE
                        ? "/fleet/quarantine?before=" + shown.getLast().number()
                                + (reason == null ? "" : "&reason=" + reason)
                        : "",
                !scope.seesResidents());
    }

    /// What was refused of one device, the latest first.
    List<RefusedPage.Message> ofDevice(Viewer viewer, Phrasing phrasing, FleetScope scope, String deviceId) {
        return desk
                .list(viewer, new QuarantineDesk.Wanted(deviceId, null, scope.vendor(), scope.officeNo()), null, PAGE)
                .stream()
                .map(message -> tell(message, phrasing, scope))
                .toList();
    }

    DayChart chartOfDevice(Connection connection, Words words, FleetScope scope, String deviceId) {
        return chart(words, counts(connection, scope, deviceId));
    }

    private DayChart chart(Words words, List<Count> counts) {
        return DayChart.of(
                words,
                counts.stream().collect(Collectors.groupingBy(Count::day, Collectors.summingLong(Count::messages))),
                today(),
                DAYS);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }

    private List<Count> counts(Connection connection, FleetScope scope, @Nullable String deviceId) {
        return scope.fill(Sql.on(connection, """
                        select (c.hour at time zone :zone)::date::text as day, c.reason, sum(c.messages)::text as messages
                          from quarantine_count c join device d using (device_no)
                         where c.hour >= :since and (:device::text is null or d.device_id = :device)
                        """ + scope.where() + " group by 1, 2"))
                .with("zone", clock.getZone().getId())
                .with(
                        "since",
                        today().minusDays(DAYS - 1L)
                                .atStartOfDay(clock.getZone())
                                .toInstant())
                .with("device", deviceId)
                .list(row -> new Count(
                        LocalDate.parse(row.text("day")), row.text("reason"), Long.parseLong(row.text("messages"))));
    }

    private static RefusedPage.Message tell(RefusedMessage message, Phrasing phrasing, FleetScope scope) {
        String body = new String(Base64.getDecoder().decode(message.payload()), StandardCharsets.UTF_8);
        boolean whole = scope.seesResidents();
        Integer length = message.payloadLength();
        return new RefusedPage.Message(
                phrasing.when(message.receivedAt()).exact(),
                message.receivedAt().toString(),
                message.deviceId(),
                DEVICE.matcher(message.deviceId()).matches() ? "/fleet/devices/" + message.deviceId() : "",
                whole ? message.topic() : VendorView.path(message.topic()),
                message.reason(),
                message.reasonCode(),
                whole ? message.pointer() : VendorView.path(message.pointer()),
                whole ? message.detail() : VendorView.detail(message.detail()),
                whole ? body : VendorView.body(body),
                length == null ? "" : phrasing.words().text("fleet.bytes", length));
    }
}

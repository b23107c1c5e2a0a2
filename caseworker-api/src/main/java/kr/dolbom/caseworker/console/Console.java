package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.Timeline;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.desk.AlertViews;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.roster.OnCall;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reads what the console's pages show.
@Singleton
final class Console {
    private final Transactions transactions;
    private final AlertViews views;
    private final Clock clock;

    Console(Transactions transactions, AlertViews views, Clock clock) {
        this.transactions = transactions;
        this.views = views;
        this.clock = clock;
    }

    /// The list of open alerts.
    ///
    /// @param shown the residents whom this viewer was shown before, who are not noted again; new ones
    ///     are added
    QueuePage queue(Viewer viewer, Words words, Set<Integer> shown) {
        List<Alert> alerts = views.listOpen(viewer, "alert-listed", shown);
        var telling = new Telling(words, clock);
        boolean mayTake = viewer.account().caseworkerNo() != null;
        return transactions.run(connection -> {
            Map<UUID, List<AlertEvent>> events = Timeline.listOfOpen(connection);
            Map<UUID, Attempt> calls = Attempts.listLastCalls(connection);
            List<QueuePage.Row> rows = alerts.stream()
                    .map(alert -> telling.row(
                            alert,
                            events.getOrDefault(alert.alertId(), List.of()),
                            calls.get(alert.alertId()),
                            mayTake))
                    .toList();
            return new QueuePage(frame(connection, viewer, words), rows, watched(connection, viewer, words, telling));
        });
    }

    /// An alert's own page.
    ///
    /// @param notice one of the texts `notice.…`; empty for nothing
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none that this viewer may see
    AlertPage alert(UUID alertId, Viewer viewer, Words words, String notice) {
        AlertViews.Whole whole = views.get(alertId, viewer, "alert-read");
        var telling = new Telling(words, clock);
        Alert alert = whole.alert();
        Alert.Person owner = alert.acknowledgedBy();
        Map<String, String> names = new HashMap<>();
        whole.attempts()
                .forEach(attempt -> names.put(
                        attempt.person().id().toString(), attempt.person().name()));
        if (owner != null) {
            names.put(owner.id().toString(), owner.name());
        }
        List<AlertPage.Entry> entries = new ArrayList<>(whole.events().stream()
                .filter(event -> !event.detail("state").equals(AttemptState.ACCEPTED.word()))
                .map(event -> new AlertPage.Entry(
                        telling.when(event.at()), telling.entry(event, names, owner == null ? "" : owner.name())))
                .toList());
        Collections.reverse(entries);
        Attempt lastCall = whole.attempts().stream()
                .filter(attempt -> attempt.channel() == Channel.VOICE)
                .reduce((first, second) -> second)
                .orElse(null);
        String phone = alert.resident().phone();
        boolean mayTake = viewer.account().caseworkerNo() != null;
        return transactions.run(connection -> new AlertPage(
                frame(connection, viewer, words),
                telling.row(alert, whole.events(), lastCall, mayTake),
                alert.resident().address(),
                phone,
                phone == null ? "" : grouped(phone),
                owner == null ? "" : owner.name(),
                alert.outcome() == null
                        ? ""
                        : words.text("outcome." + alert.outcome().word()),
                text(alert.outcomeNote()),
                notice.isEmpty() ? "" : words.text("notice." + notice, owner == null ? "" : owner.name()),
                whole.commands().stream().map(telling::command).toList(),
                entries));
    }

    private Frame frame(Connection connection, Viewer viewer, Words words) {
        Instant now = clock.instant();
        record Office(int number, String name) {}
        List<Office> offices = Sql.on(connection, """
                        select office_no, short_name from office
                         where (:office::int is null or office_no = :office) and not canary order by office_no""")
                .with("office", viewer.officeNo())
                .list(row -> new Office(row.number("office_no"), row.text("short_name")));
        List<Frame.Duty> onCall = offices.stream()
                .map(office -> new Frame.Duty(
                        office.name(),
                        OnCall.list(connection, office.number(), now).stream()
                                .map(duty -> duty.recipient().person().name())
                                .collect(Collectors.joining(", "))))
                .toList();
        return new Frame(words, viewer.name(), onCall);
    }

    private static QueuePage.Watched watched(Connection connection, Viewer viewer, Words words, Telling telling) {
        return Sql.on(connection, """
                        select count(distinct d.resident_no) filter (where p.connected)::int as households,
                               max(greatest(p.changed_at, p.status_at)) as last_signal
                          from device_presence p join device d using (device_no) join resident r using (resident_no)
                          join office o using (office_no)
                         where (:office::int is null or o.office_no = :office) and not o.canary""").with("office", viewer.officeNo()).get(row -> {
            Instant last = row.findInstant("last_signal");
            return new QueuePage.Watched(
                    String.format(words.locale(), "%,d", row.number("households")),
                    last == null ? "-" : telling.time(last));
        });
    }

    /// A Korean number as Koreans write it: `010-1234-5678`.
    static String grouped(String phone) {
        return phone.startsWith("+82")
                ? ("0" + phone.substring(3)).replaceFirst("^(02|0\\d{2})(\\d{3,4})(\\d{4})$", "$1-$2-$3")
                : phone;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}

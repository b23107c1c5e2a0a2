package kr.dolbom.caseworker.console;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.AlertEvent;
import kr.dolbom.caseworker.alert.AlertStore;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.database.Transactions;
import kr.dolbom.caseworker.desk.AlertViews;
import kr.dolbom.caseworker.escalation.Attempt;
import kr.dolbom.caseworker.escalation.AttemptState;
import kr.dolbom.caseworker.escalation.Attempts;
import kr.dolbom.caseworker.escalation.Channel;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.ledger.LedgerBody;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Reads what an alert's pages show.
@Singleton
final class Console {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String READ = "alert-read";

    /// Of a call that goes on every step is seen.
    private static final int AS_THEY_ARE = 12;

    private final Transactions transactions;
    private final AlertViews views;
    private final Clock clock;

    Console(Transactions transactions, AlertViews views, Clock clock) {
        this.transactions = transactions;
        this.views = views;
        this.clock = clock;
    }

    /// An alert's own page.
    ///
    /// @param notice one of the texts `notice.…`; empty for nothing
    /// @param kept a note that was not saved; empty for none
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none that this viewer may see
    AlertPage alert(UUID alertId, Viewer viewer, Frame frame, String notice, String kept) {
        return page(views.get(alertId, viewer, READ), viewer, frame, notice, kept);
    }

    /// The same for a page that stays open: noted when the alert is another than what it has shown.
    ///
    /// @param seen the page's version before; empty for none
    AlertPage liveAlert(UUID alertId, Viewer viewer, Frame frame, String seen) {
        return page(views.get(alertId, viewer, READ, seen), viewer, frame, "", "");
    }

    private AlertPage page(AlertViews.Whole whole, Viewer viewer, Frame frame, String notice, String kept) {
        Words words = frame.words();
        Phrasing phrasing = frame.phrasing();
        var telling = new Telling(phrasing);
        Alert alert = whole.alert();
        Alert.Person owner = alert.acknowledgedBy();
        Integer me = viewer.account().caseworkerNo();
        boolean isMine = owner != null && me != null && alert.isOpen() && isCaseworker(owner, me);
        String phone = alert.resident().phone();
        return transactions.run(connection -> new AlertPage(
                frame,
                whole.version(),
                telling.row(
                        new OpenAlert(alert, NOBODY, 0, whole.events(), lastCall(whole)),
                        new BoardRow.Style(words, me != null, viewer.officeNo() == null)),
                alert.resident().residentId().toString(),
                alert.resident().address(),
                phone,
                phone == null ? "" : Phrasing.phone(phone),
                owner == null ? "" : owner.name(),
                owner == null ? null : findPhone(connection, owner),
                isMine,
                me != null,
                alert.outcome() == null
                        ? ""
                        : words.text("outcome." + alert.outcome().word()),
                text(alert.outcomeNote()),
                notice.isEmpty() ? "" : words.text("notice." + notice, owner == null ? "" : owner.name()),
                kept,
                risk(connection, alert),
                phrasing.dateTime(alert.raisedAt()),
                alert.emergencyCalledAt() == null ? "" : phrasing.minute(alert.emergencyCalledAt()),
                alert.snoozedUntil() == null || !phrasing.isToCome(alert.snoozedUntil())
                        ? ""
                        : phrasing.minute(alert.snoozedUntil()),
                whole.commands().stream().map(telling::command).toList(),
                new Evidences(phrasing).read(connection, alert),
                isMine && me != null ? listColleagues(connection, alert, me) : List.of(),
                ledger(words, LedgerBody.read(connection, alert.alertId())),
                entries(whole, AS_THEY_ARE, telling, phrasing).reversed(),
                entries(whole, 0, telling, phrasing)));
    }

    /// An alert's ledger.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is none that this viewer may see
    LedgerPage ledger(UUID alertId, Viewer viewer, Frame frame) {
        return transactions.run(connection -> {
            Alert alert = AlertStore.find(connection, alertId, viewer.officeNo())
                    .orElseThrow(() -> Problem.notFound("alert", alertId));
            AuditLog.write(
                    connection, viewer.actor(), "ledger-read", alert.resident().residentNo());
            LedgerBody body = LedgerBody.read(connection, alertId);
            Phrasing phrasing = frame.phrasing();
            Words words = frame.words();
            Map<String, String> names = new HashMap<>();
            Attempts.list(connection, alertId)
                    .forEach(attempt -> names.put(
                            attempt.person().id().toString(), attempt.person().name()));
            return new LedgerPage(
                    frame,
                    alertId.toString(),
                    ledger(frame.words(), body),
                    body.entries().stream()
                            .map(entry -> new LedgerPage.Line(
                                    entry.entryNo(),
                                    phrasing.when(entry.at()).exact(),
                                    entry.type(),
                                    told(words, "ledger.type.", entry.type()),
                                    names.getOrDefault(entry.actor(), told(words, "ledger.actor.", entry.actor())),
                                    entry.hash().substring(0, LedgerPage.HASH_SHOWN)))
                            .toList());
        });
    }

    private static String told(Words words, String key, String word) {
        return words.has(key + word) ? words.text(key + word) : word;
    }

    private static boolean isCaseworker(Alert.Person person, int number) {
        return person.kind() == PersonKind.CASEWORKER && person.number() == number;
    }

    private static @Nullable Attempt lastCall(AlertViews.Whole whole) {
        return whole.attempts().stream()
                .filter(attempt -> attempt.channel() == Channel.VOICE)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static Map<String, String> names(AlertViews.Whole whole) {
        Map<String, String> names = new HashMap<>();
        whole.attempts()
                .forEach(attempt -> names.put(
                        attempt.person().id().toString(), attempt.person().name()));
        Alert.Person owner = whole.alert().acknowledgedBy();
        if (owner != null) {
            names.put(owner.id().toString(), owner.name());
        }
        return names;
    }

    /// @param latest how many of the latest entries of the timeline are told each by itself
    private static List<AlertPage.Entry> entries(
            AlertViews.Whole whole, int latest, Telling telling, Phrasing phrasing) {
        Alert.Person owner = whole.alert().acknowledgedBy();
        Map<String, String> names = names(whole);
        List<AlertEvent> told = whole.events().stream()
                .filter(event -> !event.detail("state").equals(AttemptState.ACCEPTED.word()))
                .toList();
        return Digest.of(told, latest).stream()
                .map(line -> new AlertPage.Entry(
                        phrasing.when(line.from()),
                        telling.line(line, names, owner == null ? "" : owner.name()),
                        line.events()))
                .toList();
    }

    /// The highest risk score from the one on that raised the alert; null where the home was not watched, or there is
    /// none. A score of nothing would look as if all were well.
    private static @Nullable Integer risk(Connection connection, Alert alert) {
        return Sql.on(connection, """
                        select max(score) filter (where score > 0 or visibility in ('home', 'away'))::int as score
                          from risk_score
                         where resident_no = :resident
                           and at >= coalesce((select max(at) from risk_score
                                                where resident_no = :resident and at <= :raised), :raised)""")
                .with("resident", alert.resident().residentNo())
                .with("raised", alert.raisedAt())
                .find(row -> Optional.ofNullable(row.findNumber("score")))
                .flatMap(score -> score)
                .orElse(null);
    }

    private static AlertPage.@Nullable Phone findPhone(Connection connection, Alert.Person person) {
        String who = switch (person.kind()) {
            case CASEWORKER -> "select phone from caseworker where caseworker_no = :number";
            case GUARDIAN -> "select phone from guardian where guardian_no = :number";
        };
        return Sql.on(connection, who)
                .with("number", person.number())
                .find(row -> row.secret("phone", SecretColumn.PHONE))
                .map(phone -> new AlertPage.Phone(phone, Phrasing.phone(phone)))
                .orElse(null);
    }

    private static List<AlertPage.Colleague> listColleagues(Connection connection, Alert alert, int me) {
        return Sql.on(connection, """
                        select caseworker_id, name from caseworker
                         where office_no = :office and left_at is null and caseworker_no <> :me""")
                .with("office", alert.office().officeNo())
                .with("me", me)
                .list(row -> new AlertPage.Colleague(
                        row.uuid("caseworker_id").toString(), row.secret("name", SecretColumn.CASEWORKER_NAME)))
                .stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    private static AlertPage.LedgerState ledger(Words words, LedgerBody body) {
        if (!body.verifies()) {
            return new AlertPage.LedgerState(
                    false,
                    words.text(
                            "alert.ledger.broken",
                            Objects.requireNonNull(body.fault()).detail()));
        }
        Integer seal = body.seal();
        String text = seal == null
                ? words.text("alert.ledger.whole", body.entries().size())
                : words.text("alert.ledger.sealed", body.entries().size(), body.sealedEntries(), seal);
        return new AlertPage.LedgerState(true, text);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// The moment of a time of day that somebody typed: today's, or yesterday's where that would be to come.
    ///
    /// @param minute such as `14:03`; empty for now
    /// @throws kr.dolbom.caseworker.problem.ProblemException when it is no time of day
    Instant momentOf(String minute) {
        if (minute.isEmpty()) {
            return clock.instant();
        }
        if (!minute.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
            throw Problem.invalid("at", minute, "a time of day such as 14:03");
        }
        ZonedDateTime today = clock.instant().atZone(clock.getZone());
        ZonedDateTime then = today.with(LocalTime.parse(minute));
        return (then.isAfter(today) ? then.minusDays(1) : then).toInstant();
    }
}

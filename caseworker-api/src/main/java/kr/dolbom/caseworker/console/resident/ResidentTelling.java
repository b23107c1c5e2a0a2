package kr.dolbom.caseworker.console.resident;

import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.daybook.ResidentDay;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.registry.Battery;
import kr.dolbom.caseworker.robot.RobotSettings;
import kr.dolbom.caseworker.setting.ModeBook;
import kr.dolbom.caseworker.setting.ResidentModes;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Puts what was read of a resident into words and pictures. Safe for use by many threads.
@Singleton
final class ResidentTelling {
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");
    private static final int HISTORY = 50;
    private static final Set<String> JUDGED_IN = Set.of("home", "away");
    private static final Duration REASONS_OF = Duration.ofHours(24);
    private static final LocalTime USUAL_END = LocalTime.of(9, 0);

    private final RobotSettings robot;

    ResidentTelling(RobotSettings robot) {
        this.robot = robot;
    }

    /// The page.
    ///
    /// @param notice what came of a form just now
    ResidentPage page(Frame frame, ResidentFile file, Viewer viewer, ResidentPage.Notice notice) {
        Phrasing phrasing = frame.phrasing();
        Words words = frame.words();
        ResidentFile.Who who = file.who();
        Instant begin = begin(file);
        LocalDate firstDay = LocalDate.ofInstant(begin, who.zone());
        Instant counted = file.countedUntil() == null ? file.now() : file.countedUntil();
        var charts = new Charts(phrasing, file, firstDay);
        boolean isPerson = viewer.account().caseworkerNo() != null;
        String role = viewer.account().role();
        return new ResidentPage(
                frame,
                who.id().toString(),
                who.name(),
                phrasing.age(who.birthYear()),
                who.neighbourhood(),
                who.address(),
                who.caseworker() == null
                        ? words.text("resident.no-caseworker")
                        : words.text("resident.caseworker-of", who.caseworker(), who.office()),
                notice,
                now(frame, file),
                contact(who, words),
                file.guardians().stream().map(one -> contact(one, words)).toList(),
                file.alerts().stream()
                        .filter(ResidentFile.AlertLine::isOpen)
                        .map(one -> alert(phrasing, one))
                        .toList(),
                file.alerts().stream()
                        .filter(one -> !one.isOpen())
                        .limit(HISTORY)
                        .map(one -> alert(phrasing, one))
                        .toList(),
                new HeatMaps(phrasing, who.zone(), file.now(), file.days(), file.spans(), begin, counted)
                        .draw(file.alerts()),
                file.countedUntil() == null
                        ? ""
                        : words.text("resident.heat.counted", phrasing.dateTime(file.countedUntil())),
                charts.score(),
                charts.listDaily(),
                charts.table(),
                file.devices().stream().map(one -> device(phrasing, one)).toList(),
                file.notes().stream()
                        .map(one -> new ResidentPage.Note(
                                one.id().toString(),
                                one.text(),
                                one.name() == null ? one.login() : one.name(),
                                phrasing.when(one.at())))
                        .toList(),
                modes(phrasing, file),
                agreements(phrasing, file),
                new ResidentPage.Rules(
                        who.spokenName() == null ? "" : who.spokenName(),
                        who.answerSeconds() == null ? "" : who.answerSeconds().toString(),
                        Long.toString(robot.timeLimit().toSeconds()),
                        file.quiet().begins().toString(),
                        file.quiet().ends().toString(),
                        Words.of(who.language())
                                .text("robot.ask", who.spokenName() == null ? who.name() : who.spokenName())),
                spoken(frame, who, file.spoken()),
                checkIns(phrasing, file),
                file.tasks().stream().map(one -> task(phrasing, one)).toList(),
                new ResidentPage.May(true, isPerson, role.equals(Role.SUPERVISOR) || role.equals(Role.OPERATOR)));
    }

    /// The list of what the robot was to say.
    static ResidentPage.Spoken spoken(Frame frame, ResidentFile.Who who, List<ResidentFile.SpokenLine> lines) {
        Words words = frame.words();
        return new ResidentPage.Spoken(
                frame,
                who.id().toString(),
                lines.stream()
                        .map(line -> new ResidentPage.Spoken.Line(
                                line.text(),
                                line.by(),
                                frame.phrasing().when(line.at()),
                                words.text("command-state." + line.state()),
                                line.state().equals("failed") || line.state().equals("expired")))
                        .toList(),
                lines.stream().anyMatch(ResidentFile.SpokenLine::isOnItsWay));
    }

    /// When the resident was first seen, as far back as was read.
    private static Instant begin(ResidentFile file) {
        ZoneId zone = file.who().zone();
        return file.days().values().stream()
                .findFirst()
                .map(day -> {
                    int hour = 0;
                    while (hour < ResidentDay.HOURS - 1 && day.seen().get(hour) == 0) {
                        hour++;
                    }
                    return day.day().atTime(hour, 0).atZone(zone).toInstant();
                })
                .orElse(file.now());
    }

    private static ResidentPage.Now now(Frame frame, ResidentFile file) {
        Words words = frame.words();
        Phrasing phrasing = frame.phrasing();
        ResidentFile.Sight sight = file.sight();
        Optional<ResidentModes.Mode> mode =
                file.modes().stream().filter(ResidentModes.Mode::running).findFirst();
        boolean connected = file.devices().stream().anyMatch(one -> one.connected() && !one.revoked());
        String state = sight == null ? "unknown" : sight.visibility();
        String detail = file.gapSince() != null
                ? words.text("resident.sight.since", phrasing.dateTime(file.gapSince()))
                : sight == null && file.devices().isEmpty()
                        ? words.text("resident.sight.no-device")
                        : words.text(connected ? "resident.sight.connected" : "resident.sight.disconnected");
        String score = sight != null && JUDGED_IN.contains(sight.visibility()) ? Integer.toString(sight.score()) : "";
        return new ResidentPage.Now(
                state,
                words.text("resident.sight." + state),
                detail,
                score,
                score.isEmpty() ? words.text(sight == null ? "resident.score.never" : "resident.score.unseen") : "",
                reasons(file, words),
                lastSeen(phrasing, file),
                mode.map(one -> words.text(
                                "resident.mode.running",
                                words.text("resident.why." + one.mode()),
                                phrasing.dateTime(one.until().toInstant())))
                        .orElse(""),
                phrasing.when(file.now()));
    }

    private static List<String> reasons(ResidentFile file, Words words) {
        Stream<String> open = file.alerts().stream()
                .filter(ResidentFile.AlertLine::isOpen)
                .map(alert -> alert.reason(words.language()));
        Stream<String> found = file.findings().stream()
                .filter(finding -> finding.moment().isAfter(file.now().minus(REASONS_OF)))
                .map(finding -> finding.reason(words.language()));
        return Stream.concat(open, found).distinct().limit(4).toList();
    }

    private static String lastSeen(Phrasing phrasing, ResidentFile file) {
        List<ResidentDay> days = new ArrayList<>(file.days().values());
        for (ResidentDay day : days.reversed()) {
            for (int hour = ResidentDay.HOURS - 1; hour >= 0; hour--) {
                int mask = day.seen().get(hour);
                if (mask != 0) {
                    int minute = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(mask)) * ResidentDay.BIN_MINUTES;
                    return phrasing.words()
                            .text(
                                    "resident.last-seen",
                                    ShortDate.of(phrasing.words(), day.day()),
                                    LocalTime.of(hour, minute));
                }
            }
        }
        return "";
    }

    private static ResidentPage.Contact contact(ResidentFile.Who who, Words words) {
        String phone = who.phone() == null ? "" : who.phone();
        return new ResidentPage.Contact(
                who.name(),
                words.text("resident.self"),
                phone,
                Phrasing.phone(phone),
                "resident:" + who.id(),
                !phone.isEmpty());
    }

    private static ResidentPage.Contact contact(ResidentFile.GuardianLine guardian, Words words) {
        return new ResidentPage.Contact(
                guardian.name(),
                guardian.consents() ? guardian.relation() : words.text("resident.guardian.silent", guardian.relation()),
                guardian.phone(),
                Phrasing.phone(guardian.phone()),
                "guardian:" + guardian.id(),
                guardian.consents());
    }

    private static ResidentPage.Alert alert(Phrasing phrasing, ResidentFile.AlertLine alert) {
        Words words = phrasing.words();
        String outcome = alert.outcome() == null ? "" : words.text("outcome." + alert.outcome());
        return new ResidentPage.Alert(
                alert.alertId().toString(),
                alert.tier(),
                words.text("tier." + alert.tier()),
                alert.reason(words.language()),
                phrasing.when(alert.raisedAt()),
                alert.note() == null ? outcome : outcome + " · " + alert.note(),
                alert.drill() ? words.text("drill") : "");
    }

    private static ResidentPage.Device device(Phrasing phrasing, ResidentFile.DeviceLine device) {
        Words words = phrasing.words();
        Integer battery = device.battery();
        String presence = device.revoked() ? "revoked" : device.connected() ? "connected" : "disconnected";
        return new ResidentPage.Device(
                device.deviceId(),
                device.vendor() + " " + device.model(),
                words.text("resident.device." + presence),
                device.connected() && !device.revoked(),
                device.changedAt() == null
                        ? words.text("resident.device.never")
                        : words.text("resident.device.since", phrasing.dateTime(device.changedAt())),
                battery == null
                        ? words.text(device.onMains() ? "resident.device.mains" : "resident.device.battery-unknown")
                        : words.text(
                                device.onMains() ? "resident.device.charging" : "resident.device.battery", battery),
                Battery.isLow(battery, device.onMains()),
                device.firmware() == null ? "–" : device.firmware());
    }

    private static ResidentPage.Modes modes(Phrasing phrasing, ResidentFile file) {
        Words words = phrasing.words();
        LocalDateTime now = LocalDateTime.ofInstant(file.now(), file.who().zone());
        return new ResidentPage.Modes(
                file.modes().stream().anyMatch(ResidentModes.Mode::running),
                file.modes().stream()
                        .limit(10)
                        .map(mode -> new ResidentPage.Mode(
                                words.text("resident.why." + mode.mode()),
                                phrasing.dateTime(mode.since().toInstant()) + " – "
                                        + phrasing.dateTime(mode.until().toInstant()),
                                mode.endedBy() == null
                                        ? mode.setBy()
                                        : words.text("resident.mode.ended-by", mode.setBy(), mode.endedBy()),
                                mode.reason()))
                        .toList(),
                FIELD.format(now.plusMinutes(1)),
                FIELD.format(now.toLocalDate().plusDays(1).atTime(USUAL_END)),
                FIELD.format(now.plus(ModeBook.LONGEST).minusMinutes(1)));
    }

    private static ResidentPage.Agreements agreements(Phrasing phrasing, ResidentFile file) {
        Words words = phrasing.words();
        var list = new ArrayList<ResidentPage.Agreement>();
        list.add(agreement(words, "transcript", file.who().transcripts()));
        list.add(agreement(words, "check-in-call", file.who().checkInCalls()));
        for (ResidentFile.GuardianLine guardian : file.guardians()) {
            Instant since = guardian.consents() ? guardian.consentedAt() : guardian.withdrawnAt();
            list.add(new ResidentPage.Agreement(
                    "guardian",
                    guardian.id().toString(),
                    "agree-" + guardian.id(),
                    words.text("resident.consent.guardian", guardian.name(), guardian.relation()),
                    guardian.consents(),
                    given(words, guardian.consents()) + (since == null ? "" : " · " + phrasing.date(since))));
        }
        return new ResidentPage.Agreements(
                list, file.consents().stream().map(one -> change(phrasing, one)).toList());
    }

    private static ResidentPage.Agreement agreement(Words words, String consent, boolean given) {
        return new ResidentPage.Agreement(
                consent, "", "agree-" + consent, words.text("resident.consent." + consent), given, given(words, given));
    }

    private static String given(Words words, boolean given) {
        return words.text(given ? "resident.consent.given" : "resident.consent.not-given");
    }

    private static String change(Phrasing phrasing, ResidentFile.ConsentLine change) {
        Words words = phrasing.words();
        String what = change.guardian() == null
                ? words.text("resident.consent." + change.consent())
                : words.text("resident.consent.guardian-changed", change.guardian());
        return phrasing.dateTime(change.at()) + " · " + what + ": " + given(words, change.given()) + " · " + change.by()
                + (change.note() == null ? "" : " · " + change.note());
    }

    private static ResidentPage.CheckIns checkIns(Phrasing phrasing, ResidentFile file) {
        Words words = phrasing.words();
        return new ResidentPage.CheckIns(
                plan(words, file.plan()),
                file.checkIns().stream()
                        .map(one -> phrasing.dateTime(one.at()) + " · " + words.text("resident.check-in." + one.state())
                                + answer(words, one))
                        .toList());
    }

    private static String answer(Words words, ResidentFile.CheckInLine checkIn) {
        String summary = words == Words.EN ? checkIn.summaryEn() : checkIn.summaryKo();
        String why = checkIn.leftOut();
        return summary != null ? " · " + summary : why == null ? "" : " · " + words.text("resident.left-out." + why);
    }

    private static String plan(Words words, ResidentFile.@Nullable Plan plan) {
        if (plan == null) {
            return words.text("resident.check-in.no-plan");
        }
        Map<String, String> names = Arrays.stream(DayOfWeek.values())
                .collect(Collectors.toMap(
                        day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT),
                        day -> day.getDisplayName(TextStyle.SHORT, words.locale())));
        String days = Arrays.stream(plan.days().split(" ", -1))
                .map(day -> names.getOrDefault(day, day))
                .collect(Collectors.joining(" "));
        return words.text(plan.isOwn() ? "resident.check-in.own-plan" : "resident.check-in.plan", days, plan.at());
    }

    private static String task(Phrasing phrasing, ResidentFile.TaskLine task) {
        Words words = phrasing.words();
        return Stream.of(
                        words.text("tasks.kind." + task.kind()),
                        task.words() == null ? "" : "“" + task.words() + "”",
                        phrasing.dateTime(task.askedAt()),
                        task.takenBy() == null ? "" : words.text("tasks.taken", task.takenBy()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}

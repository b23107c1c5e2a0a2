package kr.dolbom.caseworker.console.contact;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.console.contact.ContactPage.Contact;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.frame.Frame;
import kr.dolbom.caseworker.registry.Guardians;
import kr.dolbom.caseworker.registry.NamePart;
import kr.dolbom.caseworker.roster.Duty;
import kr.dolbom.caseworker.roster.Roster;
import kr.dolbom.caseworker.roster.Rosters;
import kr.dolbom.caseworker.roster.Span;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import kr.dolbom.caseworker.words.Phrasing;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Finds whom somebody may want to call. All methods work in the caller's transaction.
final class Contacts {
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final int MOST = 50;

    private final Connection connection;
    private final Viewer viewer;
    private final Frame frame;
    private final Words words;

    Contacts(Connection connection, Viewer viewer, Frame frame) {
        this.connection = connection;
        this.viewer = viewer;
        this.frame = frame;
        this.words = frame.words();
    }

    private record Person(int number, UUID id, String name, String phone, String duty, String office) {}

    /// Who is on duty now, and who comes next, by office.
    List<ContactPage.Duty> duties(Clock clock) {
        Instant now = clock.instant();
        return offices().stream()
                .map(office -> duty(office.number(), office.name(), now))
                .toList();
    }

    /// The offices that the viewer may see.
    List<ContactPage.Office> offices() {
        return Sql.on(connection, """
                        select office_id, office_no, short_name from office
                         where (:office::int is null or office_no = :office) and not canary order by office_no""")
                .with("office", viewer.officeNo())
                .list(row ->
                        new ContactPage.Office(row.uuid("office_id"), row.number("office_no"), row.text("short_name")));
    }

    /// The office among whose guardians is searched: the viewer's own, or the one that they chose.
    ///
    /// @param officeId what was chosen; empty for nothing
    /// @return null: none
    @Nullable Integer findOffice(String officeId) {
        return viewer.officeNo() != null
                ? viewer.officeNo()
                : offices().stream()
                        .filter(office -> office.id().toString().equals(officeId))
                        .map(ContactPage.Office::number)
                        .findFirst()
                        .orElse(null);
    }

    private ContactPage.Duty duty(int officeNo, String office, Instant now) {
        Roster roster = Rosters.load(connection, officeNo, new Span(now, now.plus(AHEAD)));
        List<Duty> present = roster.at(now);
        List<Integer> persons = present.stream().map(Duty::caseworkerNo).toList();
        Optional<Roster.Segment> next = roster.segments().stream()
                .filter(segment -> segment.span().start().isAfter(now))
                .filter(segment -> !segment.caseworkers().equals(persons)
                        && !segment.caseworkers().isEmpty())
                .findFirst();
        return new ContactPage.Duty(
                office,
                onDuty(roster, present),
                next.map(segment -> onDuty(roster, segment.duties())).orElse(List.of()),
                next.map(segment -> frame.phrasing().dateTime(segment.span().start()))
                        .orElse(""));
    }

    /// First position first; who holds the second place is a backup while the first is empty, as on the roster.
    private List<Contact> onDuty(Roster roster, List<Duty> duties) {
        return duties.stream()
                .map(duty -> {
                    var recipient = roster.person(duty.caseworkerNo());
                    return contact(
                            "caseworker:" + recipient.person().id(),
                            recipient.person().name(),
                            duty.position() == 1
                                    ? words.text("contact.primary")
                                    : words.text("contact.backup", duty.position()),
                            recipient.phone(),
                            true,
                            duty.caseworkerNo());
                })
                .toList();
    }

    /// The staff, and with words those guardians too whom they name. Whose guardians are shown is noted.
    ///
    /// @param query part of a name or a number; empty: none
    /// @param officeNo among whose guardians; null: among no guardians
    ContactPage.Found find(String query, @Nullable Integer officeNo) {
        NamePart wanted = NamePart.of(query);
        List<Contact> staff = listStaff().stream()
                .filter(person -> matches(query, wanted, person.phone(), person.name()))
                .map(person -> contact(
                        "caseworker:" + person.id(),
                        person.name(),
                        words.text("contact.duty." + person.duty()) + " · " + person.office(),
                        person.phone(),
                        true,
                        person.number()))
                .toList();
        List<Guardians.Known> guardians = wanted.isEmpty() || officeNo == null
                ? List.of()
                : Guardians.listOfOffice(connection, officeNo).stream()
                        .filter(guardian -> matches(
                                query,
                                wanted,
                                guardian.entry().phone(),
                                guardian.entry().name(),
                                guardian.residentName()))
                        .sorted(Comparator.comparing(Guardians.Known::residentName)
                                .thenComparing(guardian -> guardian.entry().name()))
                        .toList();
        List<Guardians.Known> shown = guardians.stream().limit(MOST).toList();
        Set<Integer> residents = new HashSet<>();
        shown.forEach(guardian -> residents.add(guardian.residentNo()));
        AuditLog.write(connection, viewer.actor(), "contact-read", residents);
        return new ContactPage.Found(
                frame,
                mayCall(),
                query,
                officeNo != null,
                staff.stream().limit(MOST).toList(),
                shown.stream()
                        .map(guardian -> contact(
                                "guardian:" + guardian.guardianId(),
                                guardian.entry().name(),
                                words.text(
                                        "contact.guardian-of",
                                        guardian.residentName(),
                                        guardian.entry().relation()),
                                guardian.entry().phone(),
                                guardian.mayBeCalled(),
                                null))
                        .toList(),
                guardians.size() > MOST || staff.size() > MOST);
    }

    /// Numbers by some of their digits, names by a part of them.
    private static boolean matches(String query, NamePart wanted, String phone, String... names) {
        String digits = query.replaceAll("[^0-9]", "");
        boolean isNumber = digits.length() >= 3
                && digits.length() >= query.replaceAll("[ -]", "").length();
        return isNumber ? Phrasing.phone(phone).replace("-", "").contains(digits) : wanted.fits(names);
    }

    private List<Person> listStaff() {
        return Sql.on(connection, """
                        select c.caseworker_no, c.caseworker_id, c.name, c.phone, c.duty, o.short_name
                          from caseworker c join office o using (office_no)
                         where c.left_at is null and not o.canary and (:office::int is null or c.office_no = :office)
                         order by c.office_no, c.caseworker_no""")
                .with("office", viewer.officeNo())
                .list(row -> new Person(
                        row.number("caseworker_no"),
                        row.uuid("caseworker_id"),
                        row.secret("name", SecretColumn.CASEWORKER_NAME),
                        row.secret("phone", SecretColumn.PHONE),
                        row.text("duty"),
                        row.text("short_name")))
                .stream()
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }

    private boolean mayCall() {
        return viewer.account().caseworkerNo() != null;
    }

    private Contact contact(
            String party, String name, String what, String phone, boolean consents, @Nullable Integer caseworkerNo) {
        boolean isOneself = caseworkerNo != null
                && Objects.equals(caseworkerNo, viewer.account().caseworkerNo());
        return new Contact(
                frame,
                party,
                name,
                isOneself ? what + " · " + words.text("contact.call.me") : what,
                consents ? phone : "",
                consents ? Phrasing.phone(phone) : words.text("contact.no-consent"),
                consents,
                consents && mayCall() && !isOneself);
    }
}

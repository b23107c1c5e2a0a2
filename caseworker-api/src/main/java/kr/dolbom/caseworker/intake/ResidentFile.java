package kr.dolbom.caseworker.intake;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.registry.Caseworkers;
import kr.dolbom.caseworker.registry.Consents;
import kr.dolbom.caseworker.registry.Residents;
import org.jspecify.annotations.Nullable;

/// Plans a file of residents. Somebody of the same name and year of birth is the same person, unless the file says that
/// it is a namesake: then their address tells them apart. What a row leaves empty stays as it is.
final class ResidentFile {
    private final Homes homes;
    private final Map<String, Residents.Known> byPhone = new HashMap<>();
    private final Map<Integer, Caseworkers.Known> caseworkers = new HashMap<>();
    private final int officeNo;
    private final int thisYear;
    private final Instant now;
    private final Viewer viewer;
    private final Steps steps = new Steps();

    private ResidentFile(Connection connection, int officeNo, int thisYear, Instant now, Viewer viewer) {
        List<Residents.Known> residents = Homes.list(connection, officeNo);
        homes = new Homes(residents);
        residents.stream()
                .filter(resident -> resident.entry().phone() != null)
                .forEach(resident -> byPhone.put(resident.entry().phone(), resident));
        Caseworkers.list(connection, officeNo).forEach(caseworker -> caseworkers.put(caseworker.number(), caseworker));
        this.officeNo = officeNo;
        this.thisYear = thisYear;
        this.now = now;
        this.viewer = viewer;
    }

    static Plan plan(
            Connection connection, int officeNo, List<Sheet.Row> rows, int thisYear, Instant now, Viewer viewer) {
        var file = new ResidentFile(connection, officeNo, thisYear, now, viewer);
        rows.forEach(file::read);
        return file.steps.plan(Kind.RESIDENTS, rows.size());
    }

    private void read(Sheet.Row row) {
        Reading reading = Reading.of(row.cells());
        String name = reading.text("name", 40);
        int birthYear = reading.birthYear("birth-year", thisYear);
        String neighbourhood = reading.text("neighbourhood", 40);
        String address = reading.text("address", 200);
        String phone = reading.findPhone("phone");
        String language = reading.language("language");
        Boolean consent = reading.findYes("transcript-consent");
        boolean isNamesake = Boolean.TRUE.equals(reading.findYes("namesake"));
        Integer caseworker = caseworker(reading);
        Optional<Residents.Known> known = find(reading, name, birthYear, address, isNamesake);
        steps.once(row, reading, "name", "person", Homes.key(name, birthYear) + (isNamesake ? " " + address : ""));
        if (phone != null) {
            steps.once(row, reading, "phone", "phone", phone);
            Residents.Known other = byPhone.get(phone);
            if (other != null && (known.isEmpty() || known.get().number() != other.number())) {
                reading.fault("phone", "phone-taken", other.entry().name());
            }
        }
        steps.add(row, reading, () -> {
            Residents.Entry before = known.map(Residents.Known::entry).orElse(null);
            var entry = new Residents.Entry(
                    caseworker == null && before != null ? before.caseworkerNo() : caseworker,
                    name,
                    birthYear,
                    neighbourhood,
                    address,
                    phone == null && before != null ? before.phone() : phone,
                    before != null && reading.raw("language").isEmpty() ? before.language() : language);
            return known.isEmpty()
                    ? add(row, entry, Boolean.TRUE.equals(consent))
                    : change(row, known.get(), entry, consent);
        });
    }

    private Optional<Residents.Known> find(
            Reading reading, String name, int birthYear, String address, boolean isNamesake) {
        List<Residents.Known> known = homes.list(name, birthYear);
        List<Residents.Known> there = known.stream()
                .filter(resident -> resident.entry().address().equals(address))
                .toList();
        if (isNamesake || there.size() == 1) {
            return there.stream().findFirst();
        }
        if (known.size() > 1) {
            reading.fault("name", "namesake", Integer.toString(known.size()));
        }
        return known.stream().findFirst();
    }

    private @Nullable Integer caseworker(Reading reading) {
        String given = reading.raw("caseworker");
        if (given.isEmpty()) {
            return null;
        }
        String phone = Reading.phoneOf(given);
        List<Integer> named = caseworkers.values().stream()
                .filter(caseworker -> caseworker.leftAt() == null)
                .filter(caseworker -> phone == null
                        ? caseworker.entry().name().equals(given)
                        : caseworker.entry().phone().equals(phone))
                .map(Caseworkers.Known::number)
                .toList();
        if (named.size() != 1) {
            reading.fault("caseworker", named.isEmpty() ? "caseworker" : "caseworker-several", "");
        }
        return named.isEmpty() ? null : named.getFirst();
    }

    private Plan.Step add(Sheet.Row row, Residents.Entry entry, boolean consent) {
        return new Plan.Step(
                row.line(),
                Plan.Action.ADD,
                entry.name() + " · " + entry.neighbourhood(),
                List.of(),
                "",
                null,
                connection -> Residents.insert(connection, officeNo, entry, consent));
    }

    private Plan.Step change(Sheet.Row row, Residents.Known known, Residents.Entry entry, @Nullable Boolean consent) {
        Residents.Entry before = known.entry();
        List<Plan.Difference> differences = new ArrayList<>();
        Steps.differ(differences, "neighbourhood", before.neighbourhood(), entry.neighbourhood());
        Steps.differ(differences, "address", before.address(), entry.address());
        Steps.differ(differences, "phone", before.phone(), entry.phone());
        Steps.differ(differences, "caseworker", nameOf(before.caseworkerNo()), nameOf(entry.caseworkerNo()));
        Steps.differ(differences, "language", before.language(), entry.language());
        if (consent != null) {
            Steps.differ(differences, "transcript-consent", known.transcriptConsent(), consent);
        }
        return new Plan.Step(
                row.line(),
                Steps.change(differences),
                entry.name() + " · " + entry.neighbourhood(),
                differences,
                known.number() + " " + before + " " + known.transcriptConsent(),
                known.number(),
                connection -> {
                    Residents.update(connection, known.number(), entry);
                    if (consent != null && consent != known.transcriptConsent()) {
                        Consents.transcripts(connection, known.number(), consent, null, viewer, now);
                    }
                    return known.number();
                });
    }

    private @Nullable String nameOf(@Nullable Integer caseworkerNo) {
        Caseworkers.Known caseworker = caseworkerNo == null ? null : caseworkers.get(caseworkerNo);
        return caseworker == null ? null : caseworker.entry().name();
    }
}

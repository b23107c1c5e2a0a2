package kr.dolbom.caseworker.intake;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.registry.Consents;
import kr.dolbom.caseworker.registry.Guardians;
import kr.dolbom.caseworker.registry.Residents;
import org.jspecify.annotations.Nullable;

/// Plans a file of guardians. A resident's guardian with the same phone is the same person. What a row leaves empty
/// stays as it is.
final class GuardianFile {
    private final Homes homes;
    private final Map<String, Guardians.Known> known = new HashMap<>();
    private final int thisYear;
    private final Instant now;
    private final Viewer viewer;
    private final Steps steps = new Steps();

    private GuardianFile(Connection connection, int officeNo, int thisYear, Instant now, Viewer viewer) {
        homes = Homes.of(connection, officeNo);
        Guardians.listOfOffice(connection, officeNo)
                .forEach(guardian ->
                        known.put(key(guardian.residentNo(), guardian.entry().phone()), guardian));
        this.thisYear = thisYear;
        this.now = now;
        this.viewer = viewer;
    }

    static Plan plan(
            Connection connection, int officeNo, List<Sheet.Row> rows, int thisYear, Instant now, Viewer viewer) {
        var file = new GuardianFile(connection, officeNo, thisYear, now, viewer);
        rows.forEach(file::read);
        return file.steps.plan(Kind.GUARDIANS, rows.size());
    }

    private static String key(int residentNo, String phone) {
        return residentNo + " " + phone;
    }

    private void read(Sheet.Row row) {
        Reading reading = Reading.of(row.cells());
        String residentName = reading.text("resident", 40);
        int birthYear = reading.birthYear("birth-year", thisYear);
        String name = reading.text("name", 40);
        String relation = reading.text("relation", 20);
        String phone = reading.phone("phone");
        String language = reading.language("language");
        Boolean consent = reading.findYes("consent");
        if (!reading.faults().isEmpty()) {
            steps.add(row, reading, () -> {
                throw new IllegalStateException("a bad row does nothing");
            });
            return;
        }
        Residents.Known resident = homes.find(reading, residentName, birthYear).orElse(null);
        if (resident != null) {
            steps.once(row, reading, "phone", "guardian", key(resident.number(), phone));
        }
        steps.add(
                row, reading, () -> step(row, resident, new Guardians.Entry(name, relation, phone, language), consent));
    }

    private Plan.Step step(
            Sheet.Row row, Residents.@Nullable Known resident, Guardians.Entry entry, @Nullable Boolean consent) {
        int residentNo = Objects.requireNonNull(resident).number();
        Guardians.Known before = known.get(key(residentNo, entry.phone()));
        String who = entry.name() + " (" + entry.relation() + ") · "
                + resident.entry().name();
        if (before == null) {
            return new Plan.Step(row.line(), Plan.Action.ADD, who, List.of(), "", null, connection -> {
                Guardians.add(connection, residentNo, entry, Boolean.TRUE.equals(consent) ? now : null, viewer);
                return residentNo;
            });
        }
        List<Plan.Difference> differences = new ArrayList<>();
        Steps.differ(differences, "name", before.entry().name(), entry.name());
        Steps.differ(differences, "relation", before.entry().relation(), entry.relation());
        Steps.differ(differences, "language", before.entry().language(), entry.language());
        if (consent != null) {
            Steps.differ(differences, "consent", before.mayBeCalled(), consent);
        }
        return new Plan.Step(
                row.line(),
                Steps.change(differences),
                who,
                differences,
                before.number() + " " + before.entry() + " " + before.mayBeCalled(),
                residentNo,
                connection -> {
                    Guardians.change(connection, before, entry, viewer);
                    consent(connection, before.guardianId(), residentNo, consent);
                    return residentNo;
                });
    }

    private void consent(Connection connection, UUID guardianId, int residentNo, @Nullable Boolean consent) {
        if (consent != null) {
            Consents.guardian(connection, residentNo, guardianId, consent, null, viewer, now);
        }
    }
}

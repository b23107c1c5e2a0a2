package kr.dolbom.caseworker.intake;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.registry.Caseworkers;

/// Plans a file of caseworkers. Somebody of the office with the same phone is the same person. Nobody gets an account
/// by it.
final class CaseworkerFile {
    /// What a duty may be called.
    static final Map<String, String> DUTIES = Map.of(
            "담당자", "caseworker",
            "생활지원사", "caseworker",
            "caseworker", "caseworker",
            "책임자", "supervisor",
            "관리자", "supervisor",
            "supervisor", "supervisor");

    private CaseworkerFile() {}

    static Plan plan(Connection connection, int officeNo, List<Sheet.Row> rows, Viewer viewer) {
        Map<String, Caseworkers.Known> byPhone = new HashMap<>();
        Caseworkers.list(connection, officeNo).stream()
                .filter(caseworker -> caseworker.leftAt() == null)
                .forEach(caseworker -> byPhone.put(caseworker.entry().phone(), caseworker));
        var steps = new Steps();
        for (Sheet.Row row : rows) {
            Reading reading = Reading.of(row.cells());
            String name = reading.text("name", 40);
            String phone = reading.phone("phone");
            Caseworkers.Known known = byPhone.get(phone);
            String usualDuty = known == null ? "caseworker" : known.entry().duty();
            String duty = reading.word("duty", DUTIES, usualDuty, "duty");
            String language = reading.raw("language").isEmpty() && known != null
                    ? known.entry().language()
                    : reading.language("language");
            if (reading.faults().stream().noneMatch(fault -> fault.field().equals("phone"))) {
                steps.once(row, reading, "phone", "phone", phone);
            }
            var entry = new Caseworkers.Entry(name, phone, language, duty);
            steps.add(
                    row,
                    reading,
                    () -> known == null
                            ? new Plan.Step(row.line(), Plan.Action.ADD, name, List.of(), "", null, work -> {
                                Caseworkers.add(work, officeNo, entry, viewer);
                                return null;
                            })
                            : change(row, known, entry, viewer));
        }
        return steps.plan(Kind.CASEWORKERS, rows.size());
    }

    private static Plan.Step change(Sheet.Row row, Caseworkers.Known known, Caseworkers.Entry entry, Viewer viewer) {
        List<Plan.Difference> differences = new ArrayList<>();
        Steps.differ(differences, "name", known.entry().name(), entry.name());
        Steps.differ(differences, "duty", known.entry().duty(), entry.duty());
        Steps.differ(differences, "language", known.entry().language(), entry.language());
        return new Plan.Step(
                row.line(),
                Steps.change(differences),
                entry.name(),
                differences,
                known.number() + " " + known.entry(),
                null,
                connection -> {
                    Caseworkers.change(connection, known, entry, viewer);
                    return null;
                });
    }
}

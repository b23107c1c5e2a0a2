package kr.dolbom.caseworker.console.fleet;

import java.util.Objects;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Whose devices somebody sees: an operator all, a supervisor those in the homes of the office, a vendor those of the
/// own make. A vendor learns nothing of who lives with them.
///
/// @param officeNo in the homes of this office alone; null: any
/// @param vendor of this vendor alone; null: any
record FleetScope(@Nullable Integer officeNo, @Nullable String vendor) {
    private static final String MINE = """
             and (:office::integer is null
                  or d.resident_no in (select resident_no from resident where office_no = :office))
             and (:vendor::text is null or d.vendor = :vendor)
            """;

    /// @throws kr.dolbom.caseworker.problem.ProblemException for whoever sees no devices
    static FleetScope of(Viewer viewer) {
        return switch (viewer.account().role()) {
            case Role.OPERATOR -> new FleetScope(null, null);
            case Role.SUPERVISOR -> new FleetScope(viewer.officeNo(), null);
            case Role.VENDOR ->
                new FleetScope(null, Objects.requireNonNull(viewer.account().vendor()));
            default -> throw Problem.forbidden("Devices are for operators, supervisors and vendors.");
        };
    }

    /// Whether residents may be told of.
    boolean seesResidents() {
        return vendor == null;
    }

    /// What narrows a statement on `device d` down to this; begins with `and`.
    String where() {
        return MINE;
    }

    /// Fills in what [#where] needs.
    Sql fill(Sql statement) {
        return statement.with("office", officeNo).with("vendor", vendor);
    }
}

package kr.dolbom.caseworker.roster;

import java.sql.Connection;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Who may see and change an office's roster: operators every one's, caseworkers see their own office's,
/// its supervisors change it.
public final class RosterAccess {
    private RosterAccess() {}

    /// The number of an office whose roster this viewer may see; another office is no office to a
    /// caseworker.
    public static int see(Connection connection, Viewer viewer, UUID officeId) {
        Integer own = viewer.officeNo();
        return Sql.on(connection, "select office_no from office where office_id = :office")
                .with("office", officeId)
                .find(row -> row.number("office_no"))
                .filter(office -> own == null || own.equals(office))
                .orElseThrow(() -> Problem.invalid("officeId", officeId, "the id of an office that you may see"));
    }

    /// The number of an office whose roster this viewer may change.
    public static int change(Connection connection, Viewer viewer, UUID officeId) {
        int office = see(connection, viewer, officeId);
        check(connection, viewer, office);
        return office;
    }

    /// Refuses a viewer who may not change this office's roster.
    ///
    /// @param officeNo null: that of all offices
    public static void check(Connection connection, Viewer viewer, @Nullable Integer officeNo) {
        if (!supervises(connection, viewer, officeNo)) {
            throw Problem.forbidden(
                    "Only a supervisor of the office or an operator may change its roster; ask one of them.");
        }
    }

    /// Refuses a viewer who may not change this thing of a roster. A thing of another office is answered as one that
    /// there is not: nobody learns by its id that it is there.
    ///
    /// @param what it is
    /// @param id as the viewer named it
    public static void check(Connection connection, Viewer viewer, int officeNo, String what, UUID id) {
        Integer own = viewer.officeNo();
        if (own != null && own != officeNo) {
            throw Problem.notFound(what, id);
        }
        check(connection, viewer, officeNo);
    }

    /// Whether this viewer is an operator or a supervisor of this office.
    ///
    /// @param officeNo null: of all offices
    public static boolean supervises(Connection connection, Viewer viewer, @Nullable Integer officeNo) {
        return switch (viewer.account().role()) {
            case Role.OPERATOR -> true;
            case Role.SUPERVISOR -> Objects.equals(viewer.officeNo(), officeNo);
            default -> false;
        };
    }
}

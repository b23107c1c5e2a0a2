package kr.dolbom.caseworker.setting;

import java.sql.Connection;
import java.util.Objects;
import java.util.UUID;
import kr.dolbom.caseworker.account.Viewer;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.registry.Offices;

/// Finds whose settings a request means. Another office, and a resident of another
/// office, is none to whoever belongs to one.
final class Scopes {
    private Scopes() {}

    static RiskSettings.Scope ofOffice(Connection connection, UUID officeId, Viewer viewer) {
        return new RiskSettings.Scope(
                Offices.get(connection, officeId, viewer.officeNo()).number(), null);
    }

    static RiskSettings.Scope ofResident(Connection connection, UUID residentId, Viewer viewer) {
        Integer office = viewer.officeNo();
        return Sql.on(connection, "select office_no, resident_no from resident where resident_id = :resident")
                .with("resident", residentId)
                .find(row -> new RiskSettings.Scope(row.number("office_no"), row.number("resident_no")))
                .filter(scope -> office == null || Objects.equals(office, scope.officeNo()))
                .orElseThrow(() -> Problem.notFound("resident", residentId));
    }
}

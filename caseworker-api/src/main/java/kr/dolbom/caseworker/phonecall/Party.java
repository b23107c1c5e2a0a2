package kr.dolbom.caseworker.phonecall;

import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.problem.Problem;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Somebody who can be called.
///
/// @param kind as what
/// @param number their number in the database
/// @param id the public id
/// @param name their name
/// @param phone E.164; null for none
/// @param language `ko` or `en`
/// @param officeNo whose people they are
/// @param residentNo whom a call to them concerns; null for nobody
/// @param mayBeCalled whether they are still here and consent
record Party(
        PartyKind kind,
        int number,
        UUID id,
        String name,
        @Nullable String phone,
        String language,
        int officeNo,
        @Nullable Integer residentNo,
        boolean mayBeCalled) {

    private static final String CASEWORKER = """
            select caseworker_no as number, caseworker_id as id, name, phone, language, office_no,
                   null::int as resident_no, left_at is null as may_be_called
              from caseworker where
            """;
    private static final String GUARDIAN = """
            select g.guardian_no as number, g.guardian_id as id, g.name, g.phone, g.language, r.office_no, r.resident_no,
                   g.consented_at is not null and g.withdrawn_at is null as may_be_called
              from guardian g join resident r using (resident_no) where
            """;
    private static final String RESIDENT = """
            select resident_no as number, resident_id as id, name, phone, language, office_no, resident_no,
                   true as may_be_called
              from resident where
            """;

    /// Whom a form names, `resident:…`, `guardian:…` or `caseworker:…` with a public id.
    ///
    /// @param officeNo of which office; null for any
    /// @throws kr.dolbom.caseworker.problem.ProblemException when there is nobody whom this office may call
    static Party get(Connection connection, String form, @Nullable Integer officeNo) {
        String[] parts = form.split(":", 2);
        return PartyKind.find(parts[0])
                .flatMap(kind -> findId(parts.length == 2 ? parts[1] : "").flatMap(id -> find(connection, kind, id)))
                .filter(party -> officeNo == null || party.officeNo() == officeNo)
                .orElseThrow(() -> Problem.notFound("party", form));
    }

    private static Optional<UUID> findId(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Party> find(Connection connection, PartyKind kind, UUID id) {
        String condition = switch (kind) {
            case CASEWORKER -> CASEWORKER + "caseworker_id = :id";
            case GUARDIAN -> GUARDIAN + "guardian_id = :id";
            case RESIDENT -> RESIDENT + "resident_id = :id";
        };
        return Sql.on(connection, condition).with("id", id).find(row -> read(kind, row));
    }

    /// The one with this number in the database.
    static Party get(Connection connection, PartyKind kind, int number) {
        String condition = switch (kind) {
            case CASEWORKER -> CASEWORKER + "caseworker_no = :number";
            case GUARDIAN -> GUARDIAN + "guardian_no = :number";
            case RESIDENT -> RESIDENT + "resident_no = :number";
        };
        return Sql.on(connection, condition).with("number", number).get(row -> read(kind, row));
    }

    private static Party read(PartyKind kind, Row row) {
        return new Party(
                kind,
                row.number("number"),
                row.uuid("id"),
                row.secret(
                        "name",
                        switch (kind) {
                            case CASEWORKER -> SecretColumn.CASEWORKER_NAME;
                            case GUARDIAN -> SecretColumn.GUARDIAN_NAME;
                            case RESIDENT -> SecretColumn.RESIDENT_NAME;
                        }),
                row.findSecret("phone", SecretColumn.PHONE),
                row.text("language"),
                row.number("office_no"),
                row.findNumber("resident_no"),
                row.flag("may_be_called"));
    }
}

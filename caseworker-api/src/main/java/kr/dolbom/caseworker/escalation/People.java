package kr.dolbom.caseworker.escalation;

import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kr.dolbom.caseworker.alert.Alert;
import kr.dolbom.caseworker.alert.PersonKind;
import kr.dolbom.caseworker.database.Row;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.roster.OnCall;
import kr.dolbom.caseworker.roster.Recipient;
import kr.dolbom.caseworker.secrecy.SecretColumn;
import org.jspecify.annotations.Nullable;

/// Finds who stands for each target at a moment.
public final class People {
    private static final String CASEWORKERS = """
            select caseworker_no as number, caseworker_id as id, name, phone, language from caseworker
             where left_at is null and
            """;

    private static final Set<Target> ROSTERED = Set.of(Target.ON_CALL, Target.PRIMARY, Target.BACKUP);

    private People() {}

    /// Who stands for each of these targets.
    ///
    /// @param resident whom the alert concerns; null for an office alone, without anybody's own people
    public static Map<Target, List<Recipient>> find(
            Connection connection, Set<Target> targets, int officeNo, Alert.@Nullable Resident resident, Instant now) {
        List<OnCall> onCall =
                Collections.disjoint(targets, ROSTERED) ? List.of() : OnCall.list(connection, officeNo, now);
        int first = onCall.stream().mapToInt(OnCall::position).min().orElse(0);
        Map<Target, List<Recipient>> people = new EnumMap<>(Target.class);
        for (Target target : targets) {
            people.put(
                    target,
                    switch (target) {
                        case ON_CALL -> onCall.stream().map(OnCall::recipient).toList();
                        case PRIMARY ->
                            onCall.stream()
                                    .filter(duty -> duty.position() == first)
                                    .map(OnCall::recipient)
                                    .toList();
                        case BACKUP ->
                            onCall.stream()
                                    .filter(duty -> duty.position() != first)
                                    .map(OnCall::recipient)
                                    .toList();
                        case SUPERVISOR ->
                            caseworkers(connection, "office_no = :number and duty = 'supervisor'", officeNo);
                        case TEAM -> caseworkers(connection, "office_no = :number", officeNo);
                        case OWN_CASEWORKER -> own(connection, resident);
                        case GUARDIAN -> resident == null ? List.of() : guardians(connection, resident.residentNo());
                    });
        }
        return people;
    }

    private static List<Recipient> own(Connection connection, Alert.@Nullable Resident resident) {
        Integer own = resident == null ? null : resident.caseworkerNo();
        return own == null ? List.of() : caseworkers(connection, "caseworker_no = :number", own);
    }

    private static List<Recipient> caseworkers(Connection connection, String condition, int number) {
        return Sql.on(connection, CASEWORKERS + condition + " order by caseworker_no")
                .with("number", number)
                .list(row -> read(row, PersonKind.CASEWORKER));
    }

    private static List<Recipient> guardians(Connection connection, int residentNo) {
        return Sql.on(connection, """
                        select guardian_no as number, guardian_id as id, name, phone, language from guardian
                         where resident_no = :resident and consented_at is not null and withdrawn_at is null
                         order by guardian_no""").with("resident", residentNo).list(row -> read(row, PersonKind.GUARDIAN));
    }

    private static Recipient read(Row row, PersonKind kind) {
        return new Recipient(
                new Alert.Person(
                        kind,
                        row.number("number"),
                        row.uuid("id"),
                        row.secret(
                                "name",
                                kind == PersonKind.CASEWORKER
                                        ? SecretColumn.CASEWORKER_NAME
                                        : SecretColumn.GUARDIAN_NAME)),
                row.secret("phone", SecretColumn.PHONE),
                row.text("language"));
    }

    /// A caseworker of an office who is still there, by public id.
    public static Optional<Recipient> findCaseworker(Connection connection, int officeNo, UUID caseworkerId) {
        return Sql.on(connection, CASEWORKERS + "office_no = :office and caseworker_id = :id")
                .with("office", officeNo)
                .with("id", caseworkerId)
                .find(row -> read(row, PersonKind.CASEWORKER));
    }

    /// By what somebody can be called, whether or not they are on call.
    ///
    /// @throws IllegalStateException when there is no such person
    public static Recipient get(Connection connection, Alert.Person person) {
        String query = person.kind() == PersonKind.CASEWORKER
                ? "select caseworker_no as number, caseworker_id as id, name, phone, language from caseworker"
                        + " where caseworker_no = :number"
                : "select guardian_no as number, guardian_id as id, name, phone, language from guardian"
                        + " where guardian_no = :number";
        return Sql.on(connection, query).with("number", person.number()).get(row -> read(row, person.kind()));
    }
}

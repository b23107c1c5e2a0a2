package kr.dolbom.caseworker;

import static kr.dolbom.caseworker.Town.PASSWORD;

import io.micronaut.runtime.server.EmbeddedServer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.dolbom.caseworker.account.Accounts;
import kr.dolbom.caseworker.account.Passwords;
import kr.dolbom.caseworker.account.Role;
import kr.dolbom.caseworker.database.Sql;

/// A [Town] in which every page has something to show and every form stands somewhere: an account of
/// each role, alerts in each state, tasks, shifts, a refused message, an open import, a preview of a
/// threshold, a call.
///
/// What devices say, and what is entered by REST alone, contains `said` everywhere.
final class BusyTown implements AutoCloseable {
    /// One account of each role; `sua` is a caseworker of the other office, `harin` its supervisor.
    static final List<String> LOGINS = List.of("minji", "junho", "operator", "auditor", "acme", "sua", "harin");

    final Town town = new Town()
            .with("dolbom.limit.link", 0)
            .with("dolbom.limit.sign-in", 0)
            .with("dolbom.limit.stranger", 0)
            .with("dolbom.limit.rest", 0);
    final EmbeddedServer server;
    private final String said;

    /// Makes the town and starts its program.
    ///
    /// @param said a text without a single quote
    BusyTown(String said) {
        this.said = said;
        people();
        devices();
        alerts();
        server = town.start();
        accounts();
        work();
    }

    /// Signs in as people do.
    Client as(String login) {
        return new Client(town.url).signIn(login, PASSWORD);
    }

    /// A public id.
    ///
    /// @param query gives it as `text` for the number
    String id(String query, int number) {
        return town.text(query, number);
    }

    private void execute(String statement) {
        town.transactions.run(connection ->
                Sql.on(connection, statement.replace(":said", "'" + said + "'")).update());
    }

    private void people() {
        execute("update caseworker set duty = 'supervisor' where caseworker_no = 2");
        execute("""
                insert into caseworker (office_no, name, phone, duty)
                values (2, '강하린', '+821033330004', 'supervisor'), (1, '윤서연', '+821011110005', 'caseworker')""");
        execute("""
                insert into resident (office_no, caseworker_no, name, birth_year, neighbourhood, address, phone)
                values (1, 1, '박순자', 1938, '마두동', '무궁화로 41, 1204호', '+82319002345'),
                       (2, null, '오말순', 1939, '금촌동', '금촌로 9', '+82319007788')""");
        execute("update resident set caseworker_no = 1, created_at = now() - interval '60 days' where resident_no = 1");
        execute("""
                insert into guardian (resident_no, name, relation, phone, consented_at)
                values (1, '김하나', '딸', '+821044440004', now()), (1, '김두리', '아들', '+821044440005', null)""");
        execute("""
                insert into team (office_no, name) values (1, :said)""");
        execute("""
                insert into shift_pattern (office_no, name, days, starts_at, ends_at, position, people)
                values (1, :said, 'mon tue wed thu fri sat sun', '18:00', '09:00', 1, 1)""");
        execute("insert into holiday (office_no, day, name) values (1, current_date + 1, :said)");
        execute("""
                insert into on_call_shift (office_no, caseworker_no, position, starts_at, ends_at)
                values (1, 1, 1, now() + interval '1 day', now() + interval '2 days'),
                       (1, 2, 1, now() + interval '2 days', now() + interval '3 days')""");
        execute("update on_call_shift set ends_at = now() + interval '20 hours' where ends_at is null");
        execute("""
                insert into on_call_override (office_no, position, caseworker_no, starts_at, ends_at, reason, set_by)
                values (1, 2, 1, now() + interval '26 hours', now() + interval '28 hours', :said, 'junho')""");
        execute("""
                insert into caseworker_leave (caseworker_no, from_day, to_day)
                select caseworker_no, current_date + 20, current_date + 21 from caseworker""");
        execute("""
                insert into weather_advisory (kind, office_no, starts_at, ends_at, source)
                values ('cold-wave', 1, now(), now() + interval '1 day', :said)""");
        execute("""
                insert into maintenance (office_no, begins_at, ends_at, reason, begun_by)
                values (1, now(), now() + interval '1 hour', :said, 'operator')""");
        execute("""
                insert into notice (office_no, kind, about, text_ko, text_en, raised_at)
                values (1, 'shift-gap', :said, :said, :said, now())""");
    }

    private void devices() {
        execute("""
                insert into device (device_id, resident_no, vendor, model)
                values ('robot-2', null, 'Acme', 'Doll'), ('robot-3', 2, :said, :said), ('robot-4', 3, 'Nuri', 'S1')""");
        execute("""
                insert into device_presence (device_no, connected, changed_at, reason, firmware, contract, battery_percent,
                                             on_mains, status_at)
                select device_no, true, now(), :said, :said, :said, 50, true, now() from device where device_no > 1""");
        execute("update device_presence set firmware = :said, reason = :said where device_no = 1");
        execute("""
                insert into presence_event (device_no, at, connected, reason)
                values (1, now() - interval '2 hours', false, :said), (1, now() - interval '1 hours', true, :said)""");
        execute("""
                insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                        payload, payload_length)
                select now() - n * interval '1 hour', 1, 'robot-1', :said, 'out-of-range', 153, :said, :said,
                       convert_to('{"data": {"transcript": "' || replace(:said, '"', '\\"') || '"}}', 'UTF8'), 96
                  from generate_series(1, 3) n""");
        execute("""
                insert into quarantine (received_at, device_no, device_id, topic, reason, reason_code, pointer, detail,
                                        payload, payload_length)
                values (now(), 1, 'robot-1', :said, 'malformed-json', 153, '', :said, convert_to(:said, 'UTF8'), 20),
                       (now(), null, :said, :said, 'unknown-device', 135, '', :said, convert_to(:said, 'UTF8'), 20)""");
        execute("""
                insert into incident (scope, office_no, name, cause, began_at, noticed_at, homes, expected, heard)
                values ('district', 1, :said, 'network-silent', now() - interval '2 hours', now() - interval '1 hour', 9, 9, 1),
                       ('vendor', null, :said, 'platform-fault', now() - interval '2 hours', now() - interval '1 hour', 9, 9, 1)""");
        execute("""
                insert into monitoring_gap (resident_no, from_at, to_at, cause)
                values (1, now() - interval '3 days', now() - interval '2 days', 'device-silent')""");
    }

    private void alerts() {
        execute("""
                insert into alert (resident_no, family, tier, state, reason_ko, reason_en, moment, acknowledged_at,
                                   acknowledged_by, resolved_at, outcome, outcome_note)
                values (1, 'emergency', 'critical', 'acknowledged', :said, :said, now(), now(), 1, null, null, null),
                       (2, 'night', 'urgent', 'acknowledged', :said, :said, now(), now(), 2, null, null, null),
                       (2, 'decline', 'urgent', 'resolved', :said, :said, now(), now(), 2, now(), 'resident-ok', :said),
                       (1, 'night', 'review', 'raised', :said, :said, now(), null, null, null, null, null),
                       (1, 'decline', 'review', 'raised', :said, :said, now(), null, null, null, null, null),
                       (3, 'night', 'review', 'raised', '-', '-', now(), null, null, null, null, null)""");
        for (String type : List.of("raised", "check-in-asked", "check-in-answered", "attempt")) {
            town.transactions.run(connection -> Sql.on(connection, """
                            insert into alert_event (alert_id, type, actor, detail)
                            select alert_id, :type, 'platform',
                                   jsonb_build_object('answer', 'fine', 'channel', 'sms', 'state', 'failed',
                                                      'person', :said::text, 'error', :said::text)
                              from alert where resident_no < 3""")
                    .with("type", type)
                    .with("said", said)
                    .update());
        }
        execute("""
                insert into finding (resident_no, family, tier, episode, alert_id, reason_ko, reason_en, evidence, moment)
                select resident_no, family, tier, alert_id::text, alert_id, reason_ko, reason_en,
                       jsonb_build_object('text', :said::text), moment from alert""");
        execute("""
                insert into task (resident_no, kind, source, words, state, asked_at, tell_after, taken_by, taken_at)
                values (1, 'meal', 'request', :said, 'open', now(), now() + interval '1 day', null, null),
                       (1, 'visit', 'request', :said, 'taken', now(), now() + interval '1 day', 1, now())""");
    }

    private void accounts() {
        town.transactions.run(connection -> Accounts.add(connection, "minji", PASSWORD, Role.CASEWORKER, 1)
                && Accounts.add(connection, "junho", PASSWORD, Role.SUPERVISOR, 2)
                && Accounts.add(connection, "sua", PASSWORD, Role.CASEWORKER, 3)
                && Accounts.add(connection, "harin", PASSWORD, Role.SUPERVISOR, 4)
                && Accounts.add(connection, "auditor", PASSWORD, Role.AUDITOR, null)
                && Accounts.add(
                        connection,
                        new Accounts.NewAccount("acme", Role.VENDOR, null, null, "Acme", null),
                        Passwords.hash(PASSWORD),
                        false));
        for (String login : List.of("minji", "junho", "operator")) {
            new Client(town.url).with("User-Agent", "Browser " + said).signIn(login, PASSWORD);
        }
    }

    /// What only the running program makes.
    private void work() {
        String office = id("select office_id::text as text from office where office_no = :value", 1);
        String resident = id("select resident_id::text as text from resident where resident_no = :value", 1);
        Client junho = as("junho");
        junho.upload(
                "/people/import",
                Map.of("kind", "residents", "office", office),
                "residents.csv",
                "이름,출생 연도,동,주소,전화번호,담당자\r\n\"%1$s\",1941,\"%1$s\",\"%1$s\",,\r\n"
                        .formatted(said.substring(0, 30).replace("\"", "\"\""))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        junho.upload(
                "/people/import",
                Map.of("kind", "residents", "office", office),
                "residents.csv",
                "이름,출생 연도,동,주소,전화번호,담당자\r\n\"%1$s\",\"%1$s\",\"%1$s\",\"%1$s\",\"%1$s\",\"%1$s\"\r\n"
                        .formatted(said.replace("\"", "\"\""))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        junho.form("/people/thresholds/" + office + "/previews", Map.of("caps.urgent", "14h"));
        PeopleBrowserTest.answerPreviews(town);
        junho.form("/people/thresholds/" + office + "/previews", Map.of("caps.urgent", "15h"));
        execute("""
                update risk_preview set state = 'failed', error = :said, finished_at = now() where state <> 'done'""");
        Client minji = as("minji");
        minji.form("/calls", Map.of("party", "resident:" + resident));
        junho.post("/api/v1/residents/" + resident + "/risk-settings/previews", "{}");
        new Client(town.url).post("/api/v1/tokens", """
                {"login": "minji", "password": "%s", "name": "%s"}""".formatted(PASSWORD, said.replace("\"", "\\\"")));
        as("operator").form("/fleet/devices/robot-2/claim", Map.of("x", ""));
        minji.form(
                "/residents/" + id("select resident_id::text as text from resident where resident_no = :value", 2)
                        + "/mode",
                Map.of(
                        "mode",
                        "away",
                        "until",
                        LocalDate.now(ZoneId.of("Asia/Seoul")).plusDays(2) + "T09:00",
                        "reason",
                        said));
    }

    /// Pages that no link leads to: one comes there by sending a form.
    List<String> afterForms() {
        return town.list("""
                select '/people/import/' || import_id as text from people_import where office_no = :value
                union all select '/calls/' || call_id from phone_call
                union all select '/people/thresholds/' || office_id || '/previews/' || preview_id
                            from risk_preview join office using (office_no)""", 1);
    }

    /// The alerts' public ids, as they were made.
    List<UUID> alerts(int residentNo) {
        return town.list("""
                        select alert_id::text as text from alert where resident_no = :value order by state, family""", residentNo).stream().map(UUID::fromString).toList();
    }

    @Override
    public void close() {
        town.close();
    }
}

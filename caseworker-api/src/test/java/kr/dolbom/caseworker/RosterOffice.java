package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.dolbom.caseworker.database.Sql;
import kr.dolbom.caseworker.roster.OnCall;

/// An office that was just added to a town, with so many people and no shifts.
final class RosterOffice {
    static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final Town town;
    private final Client operator;
    final String id;
    final int number;
    final List<String> caseworkers = new ArrayList<>();

    RosterOffice(Town town, Client operator, int count) {
        this.town = town;
        this.operator = operator;
        number = town.transactions.run(connection -> Sql.on(connection, """
                        insert into office (name_ko, name_en, short_name) values ('새 부서', 'New office', '새 부서')
                        returning office_no""").get(row -> row.number("office_no")));
        id = town.text("select office_id::text as text from office where office_no = :value", number);
        IntStream.range(0, count).forEach(_ -> add());
    }

    String add() {
        int person = PEOPLE.incrementAndGet();
        String phone = "+8210900%05d".formatted(person);
        String caseworker = town.transactions.run(connection -> Sql.on(connection, """
                        insert into caseworker (office_no, name, phone) values (:office, :name, :phone)
                        returning caseworker_id""")
                .with("office", number)
                .with("name", "사람" + person)
                .with("phone", phone)
                .get(row -> row.uuid("caseworker_id").toString()));
        caseworkers.add(caseworker);
        return caseworker;
    }

    HttpResponse<String> shift(int person, int position, String from, String to) {
        return operator.post(
                "/api/v1/on-call-shifts", """
                {"officeId": "%s", "caseworkerId": "%s", "position": %d, "startsAt": "%s", "endsAt": "%s"}""".formatted(id, caseworkers.get(person), position, at(from), at(to)));
    }

    HttpResponse<String> override(int person, int position, String from, String to) {
        return operator.post(
                "/api/v1/on-call-overrides", """
                {"officeId": "%s", "caseworkerId": "%s", "position": %d, "startsAt": "%s", "endsAt": "%s",
                 "reason": "교육"}""".formatted(id, caseworkers.get(person), position, at(from), at(to)));
    }

    String pattern(String name, String days, String from, String to, int position, int count) {
        return created(operator.post(
                        "/api/v1/shift-patterns", """
                {"officeId": "%s", "name": "%s", "days": [%s], "startsAt": "%s", "endsAt": "%s", "position": %d,
                 "people": %d}""".formatted(id, name, days, from, to, position, count)))
                .get("patternId")
                .asText();
    }

    JsonNode make(YearMonth month, boolean preview) {
        return created(operator.post("/api/v1/rosters", """
                {"officeId": "%s", "month": "%s", "preview": %s}""".formatted(id, month, preview)));
    }

    /// Whom the escalation would call, as indexes of the office's people.
    List<Integer> onCall(String moment) {
        return town.transactions.run(connection -> OnCall.list(connection, number, Instant.parse(at(moment)))).stream()
                .map(duty -> caseworkers.indexOf(duty.recipient().person().id().toString()))
                .toList();
    }

    JsonNode nowAndNext(String moment) {
        return read(operator, "/api/v1/on-call?officeId=" + id + "&at=" + at(moment));
    }

    void live() {
        town.transactions.run(
                connection -> Sql.on(connection, """
                        insert into resident (office_no, name, birth_year, neighbourhood, address)
                        values (:office, '박순자', 1938, '매탄동', '매탄로 1')""").with("office", number).update());
    }

    /// A shift until further notice.
    String open(int person, int position, Instant from) {
        created(operator.post("/api/v1/on-call-shifts", """
                {"officeId": "%s", "caseworkerId": "%s", "position": %d, "startsAt": "%s"}""".formatted(id, caseworkers.get(person), position, from)));
        return caseworkers.get(person);
    }

    JsonNode shifts() {
        return read(operator, "/api/v1/on-call-shifts?limit=1000&officeId=" + id)
                .get("shifts");
    }

    static String at(String local) {
        return LocalDateTime.parse(local).atZone(SEOUL).toInstant().toString();
    }

    static JsonNode read(Client client, String path) {
        HttpResponse<String> answer = client.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Client.json(answer);
    }

    static JsonNode created(HttpResponse<String> answer) {
        assertEquals(201, answer.statusCode(), answer.body());
        return Client.json(answer);
    }
}

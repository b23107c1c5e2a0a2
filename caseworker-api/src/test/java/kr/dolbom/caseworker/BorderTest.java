package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.account.Csrf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Walks every route there is as those whose it is not, and without what a form carries. What each gets stands in
/// `borders.txt`, route by route: a route that is not there makes the test fail.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BorderTest {
    /// Nobody; a caseworker and a supervisor of the other office; a vendor; an auditor; and last, for
    /// reading alone, the supervisor whose things they are: the ids are right.
    private static final List<String> WHO = List.of("nobody", "sua", "harin", "acme", "auditor", "junho");

    /// What each request may leave behind.
    private static final String LEFT =
            "audit_.*|account_session|access_token|sign_in_lane|known_browser|scheduled_tasks|flyway.*|engine_lease|.*canary.*"
                    + "|push_key|feed_position|secrecy_key|call_pace|phone_call.*|ledger_seal.*|notice.*|escalation_attempt|alert_event|ledger_.*";

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)[^}]*}");

    private final BusyTown busy = new BusyTown("said \"x7=1><x7></title></script></textarea><x7>");
    private final Map<String, String> ids = ids();
    private final Map<String, String> form = form();
    private final Map<String, String> bodies = bodies();

    private record Route(String method, String path) {
        boolean isApi() {
            return path.startsWith("/api/");
        }
    }

    @AfterAll
    void close() {
        busy.close();
    }

    @Test
    void everyRouteHoldsItsBorders() {
        Map<String, String> expected = expected();
        Map<String, String> got = new TreeMap<>();
        Map<String, List<String>> statuses = new TreeMap<>();
        var told = new TreeSet<String>();
        Map<String, String> strangers = new TreeMap<>(ids);
        strangers.keySet().removeIf(name -> name.endsWith("Id"));
        for (String who : WHO) {
            Client client = who.equals("nobody") ? new Client(busy.town.url) : busy.as(who);
            Map<String, String> before = tables(who);
            for (Route route : routes()) {
                boolean isOwn = who.equals("junho");
                statuses.computeIfAbsent(route.method() + " " + route.path(), _ -> new ArrayList<>())
                        .add(
                                isOwn && !route.method().equals("GET")
                                        ? "-"
                                        : Integer.toString(status(client, route, ids)));
                if (who.equals("harin") && route.path().contains("Id}")) {
                    int foreign = status(client, route, ids);
                    int unknown = status(client, route, strangers);
                    if (foreign != unknown) {
                        told.add(route + " " + foreign + " and " + unknown);
                    }
                }
            }
            Map<String, String> after = tables(who);
            after.entrySet().removeAll(before.entrySet());
            assertEquals(Map.of(), after, () -> who + " changed these tables");
        }
        statuses.forEach((route, answers) -> got.put(route, String.join(" ", answers)));
        assertEquals(Set.of(), told, "a thing of another office is as one that there is not");
        var wrong = new TreeSet<String>();
        got.forEach((route, answers) -> {
            if (!answers.equals(expected.get(route))) {
                wrong.add(route + " " + answers + ", not " + expected.get(route));
            }
        });
        System.out.println("routes walked: " + got.size() + " as " + WHO);
        assertEquals("", String.join("\n", wrong), "answers to " + WHO + " that are not in borders.txt");
        assertEquals(got.keySet(), expected.keySet(), "borders.txt names routes that there are no more");
        assertEquals(Set.of(), refusedToWhoseItIs(), "what others were refused was sent rightly");
    }

    /// What those whose things they are may not do with the same bodies, which then say nothing about borders: whoever
    /// has the alert, and their supervisor.
    private Set<String> refusedToWhoseItIs() {
        Client minji = busy.as("minji");
        Client junho = busy.as("junho");
        var refused = new LinkedHashSet<String>();
        bodies.forEach((route, body) -> {
            String[] parts = route.split(" ", 2);
            Client whose = parts[1].startsWith("/api/v1/alerts/") ? minji : junho;
            HttpResponse<String> answer = send(whose, new Route(parts[0], parts[1]), fill(parts[1], ids));
            // What does not go with the rest of the day is told behind the border.
            if (answer.statusCode() >= 300 && answer.statusCode() != 409) {
                refused.add(route + " " + body + " " + answer.statusCode() + " " + answer.body());
            }
        });
        System.out.println("bodies that were refused to others and taken from whose it is: " + bodies.size());
        return refused;
    }

    @Test
    void noRouteChangesAnythingWithoutWhatItsPageCarries() {
        Client junho = busy.as("junho");
        String foreign = Csrf.tokenOf(Objects.requireNonNull(busy.as("junho").cookie("dolbom_session")));
        Map<String, String> before = tables("");
        int count = 0;
        for (Route route : routes()) {
            if (route.method().equals("GET") || route.path().matches("/(a|twilio|alimtalk)/.*")) {
                continue;
            }
            String path = fill(route.path(), ids);
            for (String token : List.of("", foreign, Csrf.tokenOf("another"))) {
                HttpResponse<String> answer = route.isApi()
                        ? send(junho.withoutProof().with("X-CSRF-Token", token), route, path)
                        : junho.form(path, Map.of("_csrf", token));
                assertEquals(403, answer.statusCode(), route + " with the token “" + token + "”");
            }
            count++;
        }
        assertEquals(before, tables(""));
        System.out.println("routes that refuse a foreign form: " + count);
        assertTrue(count > 140, "found only " + count);
    }

    private int status(Client client, Route route, Map<String, String> ids) {
        return send(client, route, fill(route.path(), ids)).statusCode();
    }

    private HttpResponse<String> send(Client client, Route route, String path) {
        client.with("Accept", route.isApi() ? "*/*" : "text/html, */*");
        return switch (route.method()) {
            case "GET" ->
                client.get(path + "?"
                        + form.entrySet().stream()
                                .map(field -> field.getKey() + "="
                                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&")));
            case "PUT" -> client.put(path, body(route));
            case "DELETE" -> client.delete(path);
            default -> {
                if (path.endsWith("/csv")) {
                    yield client.csv(path, "2026-12-25,x");
                }
                yield path.equals("/people/import") || path.equals("/fleet/enrol/photo")
                        ? client.upload(path, form, "a.csv", "x".getBytes(StandardCharsets.UTF_8))
                        : route.isApi() ? client.post(path, body(route)) : client.form(path, form);
            }
        };
    }

    private String body(Route route) {
        return fill(bodies.getOrDefault(route.method() + " " + route.path(), "{}"), ids);
    }

    /// Whatever a form may ask for, about things of the first office.
    private Map<String, String> form() {
        var form = new TreeMap<String, String>(Map.ofEntries(
                Map.entry("officeId", get("officeId")),
                Map.entry("office", get("officeId")),
                Map.entry("caseworker", get("caseworkerId")),
                Map.entry("to", get("caseworkerId")),
                Map.entry("resident", get("residentId")),
                Map.entry("party", "resident:" + get("residentId")),
                Map.entry("first", get("shiftId")),
                Map.entry("second", get("shiftId")),
                Map.entry("alert", get("alertId")),
                Map.entry("outcome", "resident-ok"),
                Map.entry("minutes", "30"),
                Map.entry("text", "안녕하세요"),
                Map.entry("note", "a note of it"),
                Map.entry("reason", "because it is so"),
                Map.entry("mode", "away"),
                Map.entry("until", LocalDate.now(ZoneId.of("Asia/Seoul")).plusDays(2) + "T09:00"),
                Map.entry("consent", "transcript"),
                Map.entry("given", "true"),
                Map.entry("guardian", ""),
                Map.entry("spokenName", ""),
                Map.entry("answerSeconds", "60"),
                Map.entry("quietBegins", "22:00"),
                Map.entry("quietEnds", "07:00"),
                Map.entry("month", "2026-11"),
                Map.entry("day", "2026-11-22"),
                Map.entry("view", "month"),
                Map.entry("position", "1"),
                Map.entry("format", "csv"),
                Map.entry("print", "x"),
                Map.entry("kind", "residents"),
                Map.entry("words", "영자")));
        return form;
    }

    private String get(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    private List<Route> routes() {
        var routes = new TreeMap<String, Route>();
        busy.server.getApplicationContext().getBean(Router.class).uriRoutes().forEach(route -> {
            String path = route.getUriMatchTemplate().toString().replaceAll("\\{[?&][^}]*}", "");
            // The stream never ends; who signs out is no longer who they were.
            boolean isLeftOut = path.equals("/stream")
                    || path.equals("/sign-out")
                    || route.getHttpMethodName().equals("HEAD");
            if (!isLeftOut) {
                routes.put(path + " " + route.getHttpMethodName(), new Route(route.getHttpMethodName(), path));
            }
        });
        return new ArrayList<>(routes.values());
    }

    private static String fill(String path, Map<String, String> ids) {
        return VARIABLE.matcher(path)
                .replaceAll(variable -> ids.getOrDefault(
                        variable.group(1),
                        UUID.nameUUIDFromBytes(variable.group(1).getBytes(StandardCharsets.UTF_8))
                                .toString()));
    }

    /// Things of the first office.
    private Map<String, String> ids() {
        var found = new TreeMap<String, String>(Map.of(
                "deviceId",
                "robot-1",
                "month",
                "2026-11",
                "tier",
                "critical",
                "kind",
                "residents",
                "what",
                "close",
                "name",
                "caps.urgent",
                "day",
                "2026-11-22"));
        // After everything that the town begins with.
        Instant now = Instant.now();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
        found.put("begun", now.toString());
        found.put("soon", now.plus(1, ChronoUnit.HOURS).toString());
        found.put("later", now.plus(2, ChronoUnit.HOURS).toString());
        found.put("from", today.plusDays(1).toString());
        found.put("to", today.plusDays(2).toString());
        found.put("free", today.plusDays(60).toString());
        Map.ofEntries(
                        Map.entry("officeId", "office_id from office where office_no = :value"),
                        Map.entry("residentId", "resident_id from resident where resident_no = :value"),
                        Map.entry("caseworkerId", "caseworker_id from caseworker where caseworker_no = :value"),
                        Map.entry("colleagueId", "caseworker_id from caseworker where caseworker_no = :value + 1"),
                        Map.entry("guardianId", "guardian_id from guardian where guardian_no = :value"),
                        Map.entry("alertId", "alert_id from alert where resident_no = :value and family = 'emergency'"),
                        Map.entry("taskId", "task_id from task where task_no = :value"),
                        Map.entry("callId", "call_id from phone_call where call_no = :value"),
                        Map.entry("importId", "import_id from people_import where office_no = :value limit 1"),
                        Map.entry("previewId", "preview_id from risk_preview where preview_no = :value"),
                        Map.entry("overrideId", "override_id from on_call_override where override_no = :value"),
                        Map.entry(
                                "shiftId",
                                "shift_id from on_call_shift where caseworker_no = :value and starts_at > now() limit 1"),
                        Map.entry(
                                "otherShiftId",
                                "shift_id from on_call_shift where caseworker_no = :value + 1 and starts_at > now() limit 1"),
                        Map.entry("teamId", "team_id from team where team_no = :value"),
                        Map.entry("patternId", "pattern_id from shift_pattern where pattern_no = :value"),
                        Map.entry("leaveId", "leave_id from caseworker_leave where caseworker_no = :value"),
                        Map.entry("advisoryId", "advisory_id from weather_advisory where advisory_no = :value"),
                        Map.entry("maintenanceId", "maintenance_id from maintenance where maintenance_no = :value"),
                        Map.entry("noticeId", "notice_id from notice where office_no = :value limit 1"),
                        Map.entry("accountId", "account_id from account where caseworker_no = :value"),
                        Map.entry(
                                "sessionId",
                                "session_id from account_session join account using (account_no) where caseworker_no = :value limit 1"),
                        Map.entry(
                                "tokenId",
                                "token_id from access_token join account using (account_no) where caseworker_no = :value"))
                .forEach((name, from) ->
                        found.put(name, busy.id("select " + from.replaceFirst("^(\\w+)", "$1::text as text"), 1)));
        return found;
    }

    /// What every table holds, as a hash.
    ///
    /// @param who whose own account does not count: that they were there is noted in it
    private Map<String, String> tables(String who) {
        var hashes = new TreeMap<String, String>();
        for (String table : busy.town.list("""
                select c.relname::text as text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = :value and c.relkind = 'r'""", "public")) {
            if (!table.matches(LEFT)) {
                hashes.put(
                        table,
                        busy.town.text(
                                "select :value || md5(coalesce(string_agg(t::text, '' order by t::text), '')) as text from "
                                        + table + " t"
                                        + (table.equals("account") ? " where login <> '" + who + "'" : ""),
                                ""));
            }
        }
        return hashes;
    }

    private static Map<String, String> expected() {
        var expected = new TreeMap<String, String>();
        lines("borders.txt").forEach(line -> {
            String[] parts = line.split("\\s+", 3);
            expected.put(parts[0] + " " + parts[1], parts[2]);
        });
        return expected;
    }

    private static Map<String, String> bodies() {
        var bodies = new LinkedHashMap<String, String>();
        lines("border-bodies.txt").forEach(line -> {
            String[] parts = line.split(" ", 3);
            bodies.put(parts[0] + " " + parts[1], parts[2]);
        });
        return bodies;
    }

    private static List<String> lines(String name) {
        try (InputStream lines = BorderTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(lines, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

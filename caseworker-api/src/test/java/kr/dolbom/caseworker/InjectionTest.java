package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import io.micronaut.web.router.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/// What people and devices write stays what it is when it goes into a spreadsheet, a header, an address or a log line.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionTest {
    private static final String FORMULA = "=HYPERLINK(0) and more words of it";
    private static final String BREAK = "x%0d%0aX-Injected:%20yes%0d%0a%0d%0ax";

    private final BusyTown busy = new BusyTown(FORMULA);

    @AfterAll
    void close() {
        busy.close();
    }

    @Test
    void noSpreadsheetRunsWhatSomebodyWrote() throws IOException {
        String office = busy.id("select office_id::text as text from office where office_no = :value", 1);
        for (String begin : List.of("=", "-", "\r")) {
            busy.town.execute("update caseworker set name = '%s1+1'".formatted(begin));
            busy.town.execute("update resident set name = '%1$s1+1', neighbourhood = '%1$s1+1'".formatted(begin));
            Client junho = busy.as("junho").with("Accept", "*/*");
            String reason = begin + "1+1, because of it";
            Map<String, HttpResponse<String>> files = new LinkedHashMap<>();
            files.put(
                    "roster",
                    junho.form(
                            "/roster/export",
                            Map.of(
                                    "office",
                                    office,
                                    "month",
                                    month(),
                                    "format",
                                    "csv",
                                    "view",
                                    "month",
                                    "day",
                                    month() + "-01",
                                    "reason",
                                    reason)));
            files.put(
                    "roster of a program",
                    junho.get("/api/v1/rosters/%s/%s/roster.csv?reason=because+of+it".formatted(office, month())));
            files.put(
                    "report",
                    junho.form(
                            "/reports/download",
                            Map.of("office", office, "month", month(), "format", "csv", "reason", reason)));
            files.put(
                    "report of a program",
                    junho.get("/api/v1/reports/monthly?format=csv&month=%s&officeId=%s&reason=because+of+it"
                            .formatted(month(), office)));
            files.put("template", junho.get("/people/import/templates/residents"));
            files.put("audit log", junho.form("/audit/download", Map.of("reason", reason)));
            int cells = 0;
            int tamed = 0;
            for (Map.Entry<String, HttpResponse<String>> file : files.entrySet()) {
                assertEquals(
                        200,
                        file.getValue().statusCode(),
                        file + " " + file.getValue().body());
                assertTrue(
                        file.getValue()
                                .headers()
                                .firstValue("Content-Type")
                                .orElseThrow()
                                .startsWith("text/csv"),
                        file.getKey());
                for (var row : CsvReader.builder()
                        .ofCsvRecord(file.getValue().body().substring(1))
                        .stream()
                        .toList()) {
                    for (String cell : row.getFields()) {
                        cells++;
                        assertFalse(cell.matches("(?s)[=+@\t\r\n＝＋－＠-].*"), file.getKey() + " has the cell " + cell);
                        tamed += cell.startsWith("'" + begin) ? 1 : 0;
                    }
                }
            }
            System.out.printf(
                    "%d cells of %d files, %d of them begin with %s and were tamed%n",
                    cells, files.size(), tamed, begin.strip());
            assertTrue(tamed > 3, "none of the names was carried off");
        }
    }

    @Test
    void everyFileForSpreadsheetsIsMadeInOnePlace() throws IOException {
        var others = new TreeSet<String>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code = Files.readString(source);
                if (code.contains("\\uFEFF") || code.contains("replace(\"\\\"\", \"\\\"\\\"\")")) {
                    others.add(source.getFileName().toString());
                }
            }
        }
        // Two read what others made.
        assertEquals(Set.of("Csv.java", "HolidayApi.java", "Sheet.java"), others);
    }

    @Test
    void noParameterBreaksOutOfItsHeader() {
        Client operator = busy.as("operator");
        List<String> names = List.of(
                "to",
                "office",
                "officeId",
                "month",
                "day",
                "view",
                "reason",
                "device",
                "vendor",
                "model",
                "firmware",
                "state",
                "after",
                "before",
                "notice",
                "done",
                "tier",
                "who",
                "format",
                "shift",
                "from",
                "until",
                "ended",
                "code",
                "error");
        String query = names.stream().map(name -> name + "=" + BREAK).collect(Collectors.joining("&"));
        var asked = new TreeSet<String>();
        busy.server.getApplicationContext().getBean(Router.class).uriRoutes().forEach(route -> {
            String path = route.getUriMatchTemplate()
                    .toString()
                    .replaceAll("\\{[?&][^}]*}", "")
                    .replaceAll("\\{[^}]*}", BREAK);
            if (!route.getHttpMethodName().equals("HEAD") && !path.equals("/stream") && !path.equals("/sign-out")) {
                asked.add(route.getHttpMethodName() + " " + path);
            }
        });
        for (String one : asked) {
            String path = one.replaceFirst("\\w+ ", "");
            HttpResponse<String> answer = one.startsWith("GET ")
                    ? operator.get(path + "?" + query)
                    : operator.form(
                            path,
                            names.stream()
                                    .collect(Collectors.toMap(name -> name, name -> "x\r\nX-Injected: yes\r\n\r\nx")));
            assertFalse(answer.headers().map().containsKey("x-injected"), one);
            assertTrue(answer.statusCode() < 500, one + " answered " + answer.statusCode() + " " + answer.body());
            answer.headers()
                    .firstValue("Location")
                    .ifPresent(to -> assertTrue(to.matches("/(?!/)[^\\s]*"), one + " leads to " + to));
        }
        System.out.println("routes with line breaks in what they are given: " + asked.size());
    }

    @Test
    void nobodyIsLedToAnotherSite() throws IOException {
        String cookie = "dolbom_session=" + busy.as("operator").cookie("dolbom_session");
        for (String path : List.of(
                "/",
                "/me",
                "/sign-in",
                "/sign-in/city",
                "/a/none",
                "/manifest.webmanifest",
                "/alerts/x",
                "//evil.example",
                "/sign-in?to=//evil.example",
                "/sign-in?to=https://evil.example",
                "/fleet?device=//evil.example",
                "/fleet?device=robot-1",
                "/nothing")) {
            for (String sent : List.of("", cookie)) {
                String answer = raw(path, sent);
                String headers = answer.substring(0, answer.indexOf("\r\n\r\n"));
                assertFalse(
                        headers.contains("evil.example")
                                && headers.matches("(?si).*\r\n(location|hx-redirect): *(https?:)?//.*"),
                        path + "\n" + headers);
                assertFalse(
                        answer.matches("(?s).*(href|action|src|url)=[\"']?(https?:)?//evil.*"), path + "\n" + answer);
            }
        }
        for (String evil : List.of(
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "/%09/evil.example",
                "/%2f/evil.example",
                "javascript:x7()",
                "///evil.example",
                "/.//evil.example",
                "/..//evil.example")) {
            Client client =
                    new Client(busy.town.url).with("Accept", "text/html").with("Origin", busy.town.url);
            client.get("/sign-in");
            String to = client.form("/sign-in", Map.of("login", "minji", "password", Town.PASSWORD, "to", evil))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertEquals(
                    URI.create(busy.town.url).getHost(),
                    URI.create(busy.town.url + "/sign-in").resolve(to).getHost(),
                    evil + " → " + to);
            assertFalse(to.contains("//") || to.contains("\\"), evil + " → " + to);
        }
    }

    /// As no browser would ask.
    private String raw(String path, String cookie) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), busy.town.port)) {
            String asked = """
                    GET %s HTTP/1.1
                    Host: evil.example
                    X-Forwarded-Host: evil.example
                    X-Forwarded-Proto: https
                    Forwarded: host=evil.example;proto=https
                    Referer: https://evil.example/
                    HX-Current-URL: https://evil.example//evil.example
                    Accept: text/html, */*
                    Cookie: %s
                    Connection: close

                    """.formatted(path, cookie);
            socket.getOutputStream().write(asked.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nobodyWritesALineIntoTheLog() {
        PrintStream before = System.out;
        var written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            LoggerFactory.getLogger(InjectionTest.class)
                    .warn(
                            "A test path=\"{}\"",
                            "/x\r\nforged\nforged\u2028forged",
                            new IllegalStateException("y\nforged\r\nforged"));
        } finally {
            System.setOut(before);
        }
        String log = written.toString(StandardCharsets.UTF_8);
        assertTrue(log.contains("A test") && log.contains("IllegalStateException"), log);
        assertFalse(log.lines().anyMatch(line -> line.startsWith("forged")), log);
        assertTrue(log.lines().skip(1).allMatch(line -> line.startsWith("  ")), log);
    }

    private static String month() {
        return java.time.YearMonth.now(java.time.ZoneId.of("Asia/Seoul")).toString();
    }
}

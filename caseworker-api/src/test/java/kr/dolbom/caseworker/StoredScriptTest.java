package kr.dolbom.caseworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kr.dolbom.caseworker.browser.Chromium;
import kr.dolbom.caseworker.browser.Screen;
import kr.dolbom.caseworker.browser.Visitor;
import kr.dolbom.caseworker.database.Sql;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Types markup into every field of every form that there is, and looks whether it became a part of any page. The forms
/// are not listed here: they are found on the pages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredScriptTest {
    /// Ends an attribute of either kind and a tag, and begins an element of its own.
    private static final String SHORT = "'\"x7=1><x7>";
    /// Ends what is read as text alone, too.
    private static final String LONG = SHORT + "</title></textarea></script></style><x7>javascript:x7()${1}{{1}}";

    /// What may stand in a link: our own paths without a character that ends an attribute, numbers to call, files.
    private static final String LINK =
            "|[#?/]|(/(?!/)|[#?])[A-Za-z0-9._~/?&=%+:;@!$()*#-]*|tel:\\+?[0-9]+|data:text/.*";

    /// Fields that are no free text: what they have to be so that the rest is taken.
    private static final Map<String, String> VALID = Map.ofEntries(
            Map.entry("phone", "010-7777-"),
            Map.entry("birth-year", "1940"),
            Map.entry("login", "somebody."),
            Map.entry("email", "somebody@goyang.example"),
            Map.entry("device", "robot-"),
            Map.entry("claim", ""),
            Map.entry("caps.urgent", "14h"),
            Map.entry("code", "000000"));

    /// Routes whose form is on no page that was read, and why that is no gap.
    private static final Set<String> NO_FORM = Set.of(
            "/a/{token}", // a button alone
            "/fleet/enrol/frame", // a script sends a picture
            "/contacts/found", // a script sends what stands in the form of /contacts
            "/people/residents/{residentId}/back", // a button alone
            "/roster/override/{overrideId}/cancel", // a button alone
            "/me/codes/confirm", // a code, that is never shown
            "/me/codes/recovery", // a password, that is never shown
            "/me/codes/remove", // a password, that is never shown
            "/sign-in/change", // passwords, that are never shown
            "/sign-in/code", // a code, that is never shown
            "/sign-in/enrol"); // a code, that is never shown

    /// Fields without text: files, codes, boxes to tick, a call's alert; and what begins the names of a policy's steps,
    /// which are tried each.
    private static final Set<String> NO_TEXT =
            Set.of("file", "code", "keeps-on", "left", "transcript-consent", "tier", "alert", "s");

    private final BusyTown busy = new BusyTown("said \"x7=1><x7></title></script></textarea><x7>");
    private final ZoneId seoul = ZoneId.of("Asia/Seoul");
    private final Map<String, Crawl.Form> forms = new TreeMap<>();
    private final Map<String, Integer> fields = new LinkedHashMap<>();
    private final Set<String> refused = new TreeSet<>();
    private final Set<Integer> shown = new TreeSet<>();
    private int posts;

    @AfterAll
    void close() {
        busy.close();
    }

    @Test
    void whatIsTypedIntoAnyFieldIsShownAndNeverRun() {
        for (String login : List.of("", "minji", "junho", "operator", "auditor", "acme")) {
            Client client = login.isEmpty() ? new Client(busy.town.url).with("Accept", "text/html") : busy.as(login);
            for (Crawl.Page page : read(client, login)) {
                for (Crawl.Form form : Crawl.forms(page)) {
                    if (forms.putIfAbsent(form.shape(), form) == null) {
                        attack(client, form);
                    }
                }
            }
        }
        int pages = 0;
        for (String login : List.of("minji", "junho", "operator", "auditor", "acme")) {
            List<Crawl.Page> read = read(busy.as(login), login);
            pages += read.size();
            fields.values().stream()
                    .filter(number -> read.stream().anyMatch(page -> page.body().contains(mark(number))))
                    .forEach(shown::add);
        }
        System.out.printf(
                "%d forms on %d pages, %d fields tried with %d posts; what was typed into %d of them is shown, as text%n",
                forms.size(), pages, fields.size(), posts, shown.size());
        assertEquals(Set.of(), refused, "forms that do not take free text: their fields are not shown, so not tried");
        assertEquals(NO_FORM, unreached(), "routes that no form on a page leads to");
        assertEquals(Set.of(), untried(), "names of fields in the templates that were found on no page");
        assertTrue(pages > 90 && fields.size() > 150 && shown.size() > 55, "tried too little");
        theBrowserAgrees();
    }

    /// Which routes that pages post to were not found in any form.
    private Set<String> unreached() {
        var unreached = new TreeSet<String>();
        busy.server.getApplicationContext().getBean(Router.class).uriRoutes().forEach(route -> {
            String path = route.getUriMatchTemplate().toString();
            boolean isPage = route.getHttpMethodName().equals("POST") && !path.matches("/(api|twilio|alimtalk)/.*");
            String pattern = path.replaceAll("\\{[^}]*}", "[^/]+");
            if (isPage
                    && forms.values().stream().noneMatch(form -> form.action().matches(pattern))) {
                unreached.add(path);
            }
        });
        return unreached;
    }

    /// Names that stand in templates and on no page that was read.
    private Set<String> untried() {
        var untried = new TreeSet<String>();
        Pattern named = Pattern.compile(
                "<(?:input|textarea)[^>]* name=\"([a-zA-Z-]+)\"|people.field\\([^)]*name = \"([a-zA-Z-]+)\"");
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                for (Matcher name = named.matcher(Files.readString(template)); name.find(); ) {
                    untried.add(name.group(1) == null ? name.group(2) : name.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fields.keySet().forEach(field -> untried.remove(field.replaceFirst(".* ", "")));
        untried.removeAll(NO_TEXT);
        return untried;
    }

    /// The pages whose scripts put something in place, in a browser.
    private void theBrowserAgrees() {
        String resident = busy.id("select resident_id::text as text from resident where resident_no = :value", 1);
        try (Visitor junho = Chromium.visit(busy.town.url, Screen.DESKTOP).signIn("junho", Town.PASSWORD)) {
            for (String path :
                    List.of("/", "/residents/" + resident, "/roster", "/contacts", "/fleet", "/tasks", "/audit")) {
                junho.open(path);
                assertEquals(0, junho.page().locator("x7, [x7]").count(), path);
            }
            junho.page().navigate(busy.town.url + "/");
            busy.town.transactions.run(connection ->
                    Sql.on(connection, """
                            with born as (
                                insert into alert (resident_no, family, tier, reason_ko, reason_en, moment)
                                values (1, 'routine', 'review', :said, :said, now()) returning alert_id)
                            select pg_notify('dolbom_alert', alert_id::text)::text as told from born""").with("said", LONG + "q0q").list(row -> row.findText("told")));
            junho.page().waitForSelector("text=q0q");
            assertEquals(0, junho.page().locator("x7, [x7]").count(), "a row that came by the stream");
        }
    }

    private List<Crawl.Page> read(Client client, String login) {
        List<String> first = new ArrayList<>(login.isEmpty() ? List.of("/sign-in?to=/me") : List.of("/", "/me"));
        if (login.equals("junho") || login.equals("minji")) {
            first.addAll(busy.afterForms());
            first.add("/audit/review?month=" + YearMonth.now(seoul).minusMonths(1));
            busy.alerts(1).forEach(alert -> first.add("/alerts/" + alert));
        }
        if (login.equals("operator")) {
            first.addAll(List.of("/fleet/devices/robot-1", "/fleet/devices/robot-2"));
        }
        List<Crawl.Page> pages = Crawl.from(client, first);
        pages.forEach(page -> assertHarmless(login + " " + page.path(), page.document()));
        return pages;
    }

    /// Sends it once with all free texts, and once for each other field.
    private void attack(Client client, Crawl.Form form) {
        Map<String, String> whole = new LinkedHashMap<>();
        boolean hasText = false;
        for (Map.Entry<String, Element> field : form.fields().entrySet()) {
            boolean isFree = isFree(field.getValue());
            hasText |= isFree;
            String text =
                    isFree ? payload(form, field.getKey(), field.getValue()) : usual(field.getKey(), field.getValue());
            if (text != null) {
                whole.put(field.getKey(), text);
            }
        }
        if (hasText) {
            HttpResponse<String> answer = send(client, form, whole);
            if (answer.statusCode() >= 400) {
                refused.add("\n" + form.shape().replaceFirst(" .*", "") + " " + answer.statusCode() + " "
                        + Jsoup.parse(answer.body())
                                .select("[role=alert], .fault, h1, .misfit")
                                .text());
            }
        }
        form.fields().forEach((name, field) -> {
            boolean isElsewhere =
                    field.hasAttr("formaction") && !field.attr("formaction").equals(form.action());
            if (!isFree(field) && !isElsewhere && !field.attr("type").matches("file|checkbox")) {
                Map<String, String> one = new LinkedHashMap<>(whole);
                one.put(name, payload(form, name, field));
                send(client, form, one);
            }
        });
    }

    private HttpResponse<String> send(Client client, Crawl.Form form, Map<String, String> values) {
        posts++;
        HttpResponse<String> answer = client.form(form.action(), values);
        assertTrue(answer.statusCode() < 500, form.shape() + " answered " + answer.statusCode() + " to " + values);
        fields.values().stream()
                .filter(number -> answer.body().contains(mark(number)))
                .forEach(shown::add);
        String type = answer.headers().firstValue("Content-Type").orElse("text/html");
        if (type.startsWith("text/html")) {
            assertHarmless("the answer to " + form.shape() + " " + values, Jsoup.parse(answer.body()));
        } else {
            assertTrue(type.matches("text/(csv|calendar).*"), form.shape() + " answered " + type);
            assertTrue(
                    answer.headers()
                            .firstValue("Content-Disposition")
                            .orElse("")
                            .startsWith("attachment"),
                    form.shape() + " is a file to be saved");
        }
        return answer;
    }

    private String payload(Crawl.Form form, String name, Element field) {
        int number = fields.computeIfAbsent(form.shape().replaceFirst(" .*", "") + " " + name, _ -> fields.size() + 1);
        String longest = field.attr("maxlength");
        boolean isShort = !longest.isEmpty() && Integer.parseInt(longest) < LONG.length() + 10;
        return (isShort ? SHORT : LONG) + mark(number);
    }

    private static String mark(int number) {
        return "q" + number + "q";
    }

    private static boolean isFree(Element field) {
        boolean isText = field.tagName().equals("textarea")
                || (field.tagName().equals("input") && field.attr("type").matches("|text|search"));
        return isText
                && !field.hasAttr("inputmode")
                && !field.hasAttr("pattern")
                && !VALID.containsKey(field.attr("name"))
                && !field.attr("name").contains(".");
    }

    private @Nullable String usual(String name, Element field) {
        String value = field.attr("value");
        LocalDate day = LocalDate.now(seoul).plusDays(name.matches("to|ends|until") ? 9 : 8);
        return switch (field.tagName().equals("select") ? "select" : field.attr("type")) {
            case "select" ->
                Stream.concat(field.select("option[selected]").stream(), field.select("option").stream())
                        .map(option -> option.attr("value"))
                        .filter(one -> !one.isEmpty())
                        .findFirst()
                        .orElse("");
            case "checkbox" -> field.hasAttr("checked") ? value : null;
            case "date" -> value.isEmpty() ? day.toString() : value;
            case "datetime-local" -> value.isEmpty() ? day + "T09:00" : value;
            case "time" -> value.isEmpty() ? "10:00" : value;
            case "file", "submit", "button" -> null;
            default -> {
                String valid = VALID.getOrDefault(name, "");
                yield !value.isEmpty()
                        ? value
                        : valid.endsWith("-") || valid.endsWith(".") ? valid + (1000 + posts) : valid;
            }
        };
    }

    private static void assertHarmless(String where, Document page) {
        assertEquals(0, page.select("x7, [^x7]").size(), where);
        assertEquals(
                "",
                page.select("script:not([src]), [style], iframe, object, embed, base")
                        .outerHtml(),
                where);
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertTrue(!attribute.getKey().startsWith("on"), where + " " + attribute);
                if (Set.of("href", "src", "action", "formaction", "hx-get", "hx-post")
                        .contains(attribute.getKey())) {
                    assertTrue(attribute.getValue().matches(LINK), where + " leads to " + attribute.getValue());
                }
            }
        }
    }
}

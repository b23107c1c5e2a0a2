package kr.dolbom.caseworker;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Follows links from page to page as somebody does who wants to see everything, and reads what a browser would make of
/// each page.
final class Crawl {
    /// Of pages of one shape so many are read: months and people follow each other without end.
    private static final int OF_A_SHAPE = 1;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Crawl() {}

    /// One page.
    record Page(String path, String body, Document document) {}

    /// One form that posts, as it stands on a page.
    ///
    /// @param action where to
    /// @param fields by name, in the order of the page; of radio buttons the first
    record Form(String action, Map<String, Element> fields) {
        /// The same for the same form about another thing.
        String shape() {
            return Crawl.shape(action) + " " + String.join(" ", fields.keySet());
        }
    }

    /// What stands for every id and every value, so that pages about different things are the same.
    static String shape(String path) {
        return ID.matcher(path)
                .replaceAll("*")
                .replaceAll("/fleet/devices/[a-z0-9-]+", "/fleet/devices/*")
                .replaceAll("/policies/\\*/[a-z-]+", "/policies/*/*")
                .replaceAll("=[^&]*", "=");
    }

    /// All pages that can be reached by links.
    ///
    /// @param first paths where it begins, all of which are read
    static List<Page> from(Client client, List<String> first) {
        List<Page> pages = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Deque<String> waiting = new ArrayDeque<>(first);
        while (!waiting.isEmpty()) {
            String path = waiting.remove();
            boolean isEnough =
                    !first.contains(path) && seen.merge("shape " + shape(path), 1, Integer::sum) > OF_A_SHAPE;
            if (isEnough || seen.putIfAbsent(path, 1) != null) {
                continue;
            }
            HttpResponse<String> answer = client.get(path);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            answer.headers().firstValue("Location").ifPresent(waiting::add);
            if (!type.startsWith("text/html")) {
                continue;
            }
            Page page = new Page(path, answer.body(), Jsoup.parse(answer.body()));
            if (answer.statusCode() >= 500) {
                throw new AssertionError(path + " answered " + answer.statusCode());
            }
            pages.add(page);
            for (Element link : page.document().select("a[href], [hx-get]")) {
                String to = link.hasAttr("hx-get") ? link.attr("hx-get") : link.attr("href");
                String target = resolve(path, to);
                if (target.startsWith("/") && !target.matches("/(assets|webjars|openapi|stream).*")) {
                    waiting.add(target);
                }
            }
        }
        return pages;
    }

    private static String resolve(String path, String to) {
        try {
            return URI.create(path).resolve(to).toString().replaceFirst("#.*", "");
        } catch (IllegalArgumentException e) {
            throw new AssertionError("no address: " + to + " on " + path, e);
        }
    }

    /// The forms of a page that post.
    static List<Form> forms(Page page) {
        List<Form> forms = new ArrayList<>();
        for (Element form : page.document().select("form[method=post]")) {
            Map<String, Element> fields = new LinkedHashMap<>();
            for (Element field : page.document().select("input[name], textarea[name], select[name], button[name]")) {
                boolean isInside = form.equals(field.closest("form"));
                boolean isOutside = !form.id().isEmpty() && field.attr("form").equals(form.id());
                if ((isInside || isOutside) && !field.attr("name").equals("_csrf")) {
                    fields.putIfAbsent(field.attr("name"), field);
                }
            }
            List<String> actions = new ArrayList<>();
            actions.add(form.hasAttr("action") ? form.attr("action") : page.path());
            form.select("[formaction]").forEach(button -> actions.add(button.attr("formaction")));
            if (!form.id().isEmpty()) {
                page.document()
                        .select("[form=" + form.id() + "][formaction]")
                        .forEach(button -> actions.add(button.attr("formaction")));
            }
            // Where the page opens then is nothing that the server is told.
            actions.forEach(action -> forms.add(new Form(action.replaceFirst("#.*", ""), fields)));
        }
        return forms;
    }
}

package kr.dolbom.sim.phone.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.dolbom.sim.phone.http.Form;

/// One page of a list, with the addresses of its neighbours.
final class Page {
    private static final int LARGEST = 1000;

    private Page() {}

    static <T> ObjectNode of(List<T> all, Form query, String key, String path, Function<T, ObjectNode> json)
            throws TwilioError {
        int size = Math.min(number(query, "PageSize", 50, 1), LARGEST);
        int page = number(query, "Page", 0, 0);
        long start = Math.min((long) page * size, all.size());
        List<T> shown = all.stream().skip(start).limit(size).toList();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode records = root.putArray(key);
        shown.forEach(record -> records.add(json.apply(record)));
        root.put("page", page);
        root.put("page_size", size);
        root.put("start", start);
        root.put("end", shown.isEmpty() ? start : start + shown.size() - 1);
        root.put("uri", address(path, query, page, size));
        root.put("first_page_uri", address(path, query, 0, size));
        root.put("next_page_uri", start + shown.size() < all.size() ? address(path, query, page + 1, size) : null);
        root.put("previous_page_uri", page > 0 ? address(path, query, page - 1, size) : null);
        return root;
    }

    private static String address(String path, Form query, int page, int size) {
        String filters = query.names().stream()
                .filter(name -> !name.equals("Page") && !name.equals("PageSize"))
                .flatMap(name -> query.list(name).stream().map(value -> encode(name) + "=" + encode(value) + "&"))
                .collect(Collectors.joining());
        return "%s?%sPageSize=%d&Page=%d".formatted(path, filters, size, page);
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static int number(Form query, String name, int whenAbsent, int least) throws TwilioError {
        Optional<String> written = query.find(name);
        if (written.isEmpty()) {
            return whenAbsent;
        }
        if (!written.get().matches("[0-9]{1,6}") || Integer.parseInt(written.get()) < least) {
            throw TwilioError.refused(
                    20001, "%s is %s, expected a whole number from %d".formatted(name, written.get(), least));
        }
        return Integer.parseInt(written.get());
    }
}

package kr.dolbom.contract.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.JsonSchema;
import kr.dolbom.contract.MessageKind;

/// The files that vendors get, by their path. What is committed under `firmware-contract/published/v1` are the same,
/// but for the page in HTML.
public final class PublishedContract {
    private static final String ERRORS_BEGIN = "<!-- made from the contract: ./dolbom contract --publish -->\n";
    private static final String ERRORS_END = "<!-- end -->\n";
    private static final String SCHEMAS = "schemas/";
    private static final String ENDING = ".schema.json";

    private PublishedContract() {}

    /// What is made from the declarations and committed: AsyncAPI, JSON Schemas, the reference in Markdown.
    public static SortedMap<String, String> listGenerated() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("asyncapi.json", AsyncApi.document());
        files.put("contract.md", Markdown.render(Reference.blocks()));
        for (JsonSchema schema : Contract.schemas()) {
            files.put(SCHEMAS + schema.name() + ENDING, schema.json());
        }
        return files;
    }

    /// Everything that a vendor gets.
    public static SortedMap<String, String> listAll() {
        SortedMap<String, String> files = listGenerated();
        files.put("contract.html", Html.render(Reference.TITLE, Reference.blocks()));
        for (String name : Payloads.listNames()) {
            files.put("payloads/" + name + ".json", Payloads.getText(name));
        }
        return files;
    }

    /// What in the code does not follow what was published under the same major version, one sentence each.
    ///
    /// @param published the texts of the published files, by path; empty for a major version that is new
    public static List<String> listBreaks(Map<String, String> published) {
        Map<String, String> now = listGenerated();
        List<String> breaks = new ArrayList<>();
        published.forEach((path, text) -> {
            if (path.startsWith(SCHEMAS)) {
                String name = path.substring(SCHEMAS.length(), path.length() - ENDING.length());
                String current = now.get(path);
                if (current == null) {
                    breaks.add(name + ": the kind is gone");
                } else {
                    for (String each : Compatibility.listBreaks(text, current, isFromDevice(name))) {
                        breaks.add(name + ": " + each);
                    }
                }
            }
        });
        return breaks;
    }

    private static boolean isFromDevice(String name) {
        return MessageKind.listAll().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow()
                .family()
                .isFromDevice();
    }

    /// The page of errors with the table of refusals made anew between its two marks.
    ///
    /// @throws IllegalArgumentException where the marks are not there
    public static String renewErrors(String page) {
        int begin = page.indexOf(ERRORS_BEGIN);
        int end = page.indexOf(ERRORS_END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page of errors has not the marks " + ERRORS_BEGIN + ERRORS_END);
        }
        Block.Table table = Advice.table();
        return page.substring(0, begin + ERRORS_BEGIN.length())
                + "\n"
                + Markdown.table(table.head(), table.rows())
                + "\n"
                + page.substring(end);
    }
}

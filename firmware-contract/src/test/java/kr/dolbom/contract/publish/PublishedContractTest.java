package kr.dolbom.contract.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kr.dolbom.contract.Contract;
import kr.dolbom.contract.MessageKind;
import kr.dolbom.contract.Reason;
import kr.dolbom.contract.rule.Requirement;
import kr.dolbom.contract.rule.Requirements;
import org.junit.jupiter.api.Test;

/// What is committed under `published` against what the declarations say now.
class PublishedContractTest {
    private static final Path FOLDER = Path.of("published", "v" + Contract.MAJOR);
    private static final Path ERRORS = Path.of("..", "docs", "reference", "errors.md");
    private static final String RENEW = "; where that is meant, renew them with: ./dolbom contract --publish";

    @Test
    void thePublishedFilesAreWhatTheCodeSays() throws Exception {
        Map<String, String> published = read();
        PublishedContract.listGenerated().forEach((path, text) -> {
            assertTrue(published.containsKey(path), FOLDER.resolve(path) + " is missing" + RENEW);
            assertEquals(text, published.get(path), FOLDER.resolve(path) + " is not what the code says" + RENEW);
        });
    }

    @Test
    void nothingElseIsPublished() throws Exception {
        Set<String> expected = new TreeSet<>(PublishedContract.listAll().keySet());
        expected.remove("contract.html");
        assertEquals(expected, new TreeSet<>(read().keySet()), "the files under " + FOLDER + RENEW);
    }

    @Test
    void theCodeBreaksNothingThatWasPublished() throws Exception {
        List<String> breaks = PublishedContract.listBreaks(read());
        assertEquals(
                List.of(),
                breaks,
                "devices out there follow the published contract: change it additively, or make a new major version");
    }

    @Test
    void theTableOfRefusalsInTheDocumentationIsThatOfTheCode() throws Exception {
        String page = Files.readString(ERRORS);
        assertEquals(PublishedContract.renewErrors(page), page, ERRORS + " differs from the code" + RENEW);
        for (Reason reason : Reason.values()) {
            assertTrue(page.contains("| `" + reason.id() + "` |"), reason.id());
        }
    }

    @Test
    void theReferenceNamesEveryTopicReasonAndRequirement() throws Exception {
        for (String page : List.of(Files.readString(FOLDER.resolve("contract.md")), html())) {
            for (MessageKind kind : MessageKind.listAll()) {
                assertTrue(page.contains(kind.topic()), kind.topic());
            }
            for (Reason reason : Reason.values()) {
                assertTrue(page.contains(reason.id()), reason.id());
            }
            for (Requirement requirement : Requirements.listAll()) {
                assertTrue(page.contains(requirement.id()), requirement.id());
            }
        }
    }

    @Test
    void aVendorGetsEverythingInOneFolder() {
        Set<String> files = PublishedContract.listAll().keySet();
        assertTrue(
                files.containsAll(Set.of("asyncapi.json", "contract.md", "contract.html", "payloads/encoding.json")));
        assertEquals(
                MessageKind.listAll().size(),
                files.stream().filter(path -> path.startsWith("schemas/")).count());
    }

    @Test
    void thePageInHtmlIsWellFormedAndNeedsNoOtherFile() {
        String page = html();
        assertFalse(page.contains("<script"), "no script");
        assertFalse(page.contains("src="), "no other file");
        for (String tag : List.of("table", "tr", "td", "ul", "li", "code", "pre", "p", "h2", "nav")) {
            assertEquals(
                    count(page, "<" + tag + ">") + count(page, "<" + tag + " "), count(page, "</" + tag + ">"), tag);
        }
        Set<String> anchors = new TreeSet<>();
        Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(page);
        while (id.find()) {
            assertTrue(anchors.add(id.group(1)), id.group(1) + " is there twice");
        }
        Matcher link = Pattern.compile("href=\"#([^\"]*)\"").matcher(page);
        int links = 0;
        while (link.find()) {
            assertTrue(anchors.contains(link.group(1)), link.group(1));
            links++;
        }
        assertTrue(links > MessageKind.listAll().size());
    }

    private static String html() {
        return Objects.requireNonNull(PublishedContract.listAll().get("contract.html"));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static Map<String, String> read() throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(FOLDER.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }
}

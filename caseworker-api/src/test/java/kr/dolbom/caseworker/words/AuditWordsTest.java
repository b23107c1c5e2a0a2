package kr.dolbom.caseworker.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the program writes into the audit log, people read in words.
class AuditWordsTest {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:AuditLog\\.write|Downloads\\.note)\\([^;\"]*\"([a-z]+(?:-[a-z]+)+)\"", Pattern.DOTALL);

    @Test
    void everyActionOfTheAuditLogHasWordsInBothLanguages() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(AuditWordsTest::read)
                    .forEach(text -> WRITTEN.matcher(text)
                            .results()
                            .map((MatchResult found) -> found.group(1))
                            .forEach(actions::add));
        }
        assertTrue(actions.size() > 40, "found only " + actions);
        assertEquals(
                List.of(),
                actions.stream()
                        .filter(action ->
                                !Words.KO.has("audit.action." + action) || !Words.EN.has("audit.action." + action))
                        .toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

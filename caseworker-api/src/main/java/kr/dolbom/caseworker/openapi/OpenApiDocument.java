package kr.dolbom.caseworker.openapi;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.dolbom.caseworker.account.token.Scopes;

/// The document that the build made of the controllers, with what is the same for every path and stands in one place in
/// the program: the errors, as problem+json, and the scope that a token needs.
@Singleton
final class OpenApiDocument {
    private static final Pattern PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|post|put|delete|patch):");
    private static final String RESPONSES = "      responses:";
    private static final Pattern RESPONSE = Pattern.compile("        \"(\\d{3})\":");

    private static final String SHARED = """
              responses:
                Problem:
                  description: What happened and what to do (RFC 9457).
                  content:
                    application/problem+json:
                      schema:
                        $ref: "#/components/schemas/Problem"
            """;

    private static final String PROBLEM = """
                Problem:
                  type: object
                  required: [type, title, status, detail, errors]
                  properties:
                    type: {type: string, description: "always about:blank; the status says the kind"}
                    title: {type: string, description: the status in words}
                    status: {type: integer, description: the HTTP status}
                    detail: {type: string, description: what happened and what to do}
                    errors:
                      type: array
                      description: one entry for each field that is not as expected
                      items:
                        type: object
                        properties:
                          field: {type: string}
                          value: {type: string, nullable: true}
                          expected: {type: string}
            """;

    private final String yaml;

    OpenApiDocument() {
        yaml = complete(read());
    }

    /// As YAML.
    String yaml() {
        return yaml;
    }

    private static List<String> read() {
        try (InputStream file = OpenApiDocument.class.getResourceAsStream("/META-INF/swagger/dolbom.yml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String complete(List<String> lines) {
        List<String> document = new ArrayList<>();
        String path = "";
        String method = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher atPath = PATH.matcher(line);
            Matcher atMethod = METHOD.matcher(line);
            if (atPath.matches()) {
                path = atPath.group(1);
            } else if (atMethod.matches()) {
                method = atMethod.group(1);
            }
            if (line.equals(RESPONSES) && path.startsWith("/api/")) {
                addResponses(document, lines, i, path, method);
            } else {
                document.add(line);
                if (line.equals("components:")) {
                    document.addAll(SHARED.lines().toList());
                } else if (line.equals("  schemas:")) {
                    document.addAll(PROBLEM.lines().toList());
                }
            }
        }
        return String.join("\n", document) + "\n";
    }

    private static void addResponses(List<String> document, List<String> lines, int start, String path, String method) {
        Optional<String> scope = Scopes.of(method.toUpperCase(java.util.Locale.ROOT), path);
        scope.ifPresent(needed -> document.add("      x-required-scope: \"" + needed + "\""));
        document.add(RESPONSES);
        Map<String, Boolean> told = new LinkedHashMap<>();
        for (int i = start + 1; i < lines.size() && lines.get(i).startsWith("        "); i++) {
            Matcher response = RESPONSE.matcher(lines.get(i));
            if (response.matches()) {
                told.put(response.group(1), true);
            }
        }
        for (String status : errorsOf(method, path)) {
            if (!told.containsKey(status)) {
                document.add("        \"" + status + "\":");
                document.add("          $ref: \"#/components/responses/Problem\"");
            }
        }
    }

    private static List<String> errorsOf(String method, String path) {
        List<String> errors = new ArrayList<>(List.of("400", "401", "403", "429", "500", "503"));
        if (path.contains("{")) {
            errors.add("404");
        }
        if (!method.equals("get")) {
            errors.add("409");
            errors.add("413");
        }
        return errors;
    }
}

package kr.dolbom.caseworker.account.token;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a program's token is for: `NAME:read` lets it read the paths of that name, `NAME:write` change something there.
/// This is the one place that says which REST path belongs to which name. The account's role decides as well.
public final class Scopes {
    /// What stands after `/api/v1/`; the first that fits counts.
    private static final List<Map.Entry<Pattern, String>> PATHS = List.of(
            paths("account", "tokens|password|push-subscriptions"),
            paths("settings", "offices/[^/]+/(policies|risk-settings|check-in-plan|roster-settings)"),
            paths("settings", "weather-advisories|maintenance"),
            paths("rosters", "offices/[^/]+/(readiness|test-rings)"),
            paths("rosters", "on-call|on-call-shifts|on-call-overrides|rosters"),
            paths("rosters", "shift-patterns|teams|leaves|holidays"),
            paths("alerts", "alerts|drills"),
            paths("residents", "residents|check-ins|tasks"),
            paths("registry", "offices|caseworkers"),
            paths("registry", "devices|service-accounts|revoked-certificates"),
            paths("reports", "reports|ledger|audit-events"),
            paths("operations", "notices|quarantine|twilio|phone-troubles|canary"));

    private static final String BASE = "/api/v1/";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /// Every scope that there is.
    public static final List<String> ALL = PATHS.stream()
            .map(Map.Entry::getValue)
            .distinct()
            .flatMap(name -> Stream.of(name + ":read", name + ":write"))
            .toList();

    private Scopes() {}

    /// The scope that a request needs; empty for a path that has none.
    ///
    /// @param path as requested, `/api/v1/alerts`
    public static Optional<String> of(String method, String path) {
        if (!path.startsWith(BASE)) {
            return Optional.empty();
        }
        String rest = path.substring(BASE.length());
        String access = READING.contains(method) ? ":read" : ":write";
        return PATHS.stream()
                .filter(entry -> entry.getKey().matcher(rest).matches())
                .findFirst()
                .map(entry -> entry.getValue() + access);
    }

    /// Whether these scopes have this one.
    ///
    /// @param scopes with spaces in between
    public static boolean allow(String scopes, String scope) {
        return List.of(scopes.split(" ", -1)).contains(scope);
    }

    private static Map.Entry<Pattern, String> paths(String name, String regex) {
        return Map.entry(Pattern.compile("(" + regex + ")(/.*)?"), name);
    }
}

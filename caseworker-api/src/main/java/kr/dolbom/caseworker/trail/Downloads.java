package kr.dolbom.caseworker.trail;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import kr.dolbom.caseworker.audit.Actor;
import kr.dolbom.caseworker.audit.AuditLog;
import kr.dolbom.caseworker.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Whoever carries something off says what for.
public final class Downloads {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 200;

    private Downloads() {}

    /// The reason as it is noted.
    ///
    /// @throws kr.dolbom.caseworker.problem.ProblemException unless it has 4 to 200 characters
    public static String reason(@Nullable String reason) {
        String stripped = reason == null ? "" : reason.strip();
        if (stripped.length() < SHORTEST || stripped.length() > LONGEST) {
            throw Problem.invalid("reason", reason, "what the download is for, 4 to 200 characters");
        }
        return stripped;
    }

    /// Notes a download, in the transaction that reads what is downloaded.
    ///
    /// @param action what was downloaded, such as `roster-exported`: it ends in `-exported` or `-downloaded`
    /// @param reason as [#reason(String)] gives it
    /// @param detail what else is to be known of it
    public static void note(
            Connection connection, Actor actor, String action, String reason, Map<String, String> detail) {
        if (!action.endsWith("-exported") && !action.endsWith("-downloaded")) {
            throw new IllegalArgumentException(
                    "action '" + action + "' of a download, expected to end in -exported or -downloaded");
        }
        Map<String, String> all = new HashMap<>(detail);
        all.put("reason", reason);
        AuditLog.write(connection, actor, action, null, all);
    }
}

package kr.dolbom.caseworker.task;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be done.
public enum TaskKind {
    /// Something to eat.
    MEAL,
    /// Somebody is to come by.
    VISIT,
    /// Anything else.
    WELFARE;

    private static final Pattern MEAL_WORDS =
            Pattern.compile("밥|식사|반찬|도시락|먹을|쌀|meal|food|lunch|dinner", Pattern.CASE_INSENSITIVE);
    private static final Pattern VISIT_WORDS =
            Pattern.compile("와 ?줘|와 ?주|오라|들러|들르|방문|찾아|visit|come", Pattern.CASE_INSENSITIVE);

    /// As the database and REST write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TaskKind get(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// What words ask for; devices tell that something is asked for, and the words only with the
    /// resident's consent.
    ///
    /// @param words null: not known
    static TaskKind of(@Nullable String words) {
        if (words == null) {
            return WELFARE;
        }
        if (MEAL_WORDS.matcher(words).find()) {
            return MEAL;
        }
        return VISIT_WORDS.matcher(words).find() ? VISIT : WELFARE;
    }
}

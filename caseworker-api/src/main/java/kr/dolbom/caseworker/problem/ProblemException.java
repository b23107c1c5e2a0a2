package kr.dolbom.caseworker.problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.dolbom.caseworker.words.Words;
import org.jspecify.annotations.Nullable;

/// Ends a request with a [Problem].
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final @Nullable String key;
    private final transient List<Object> values;
    private final transient Map<String, String> headers;

    ProblemException(Problem problem) {
        this(problem, null, List.of());
    }

    /// @param headers what the answer's headers say besides
    ProblemException(Problem problem, Map<String, String> headers) {
        this(problem, null, List.of(), headers);
    }

    /// @param key the text by which a page tells people the same; null: there is none
    /// @param values fill its places
    ProblemException(Problem problem, @Nullable String key, List<Object> values) {
        this(problem, key, values, Map.of());
    }

    private ProblemException(Problem problem, @Nullable String key, List<Object> values, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.key = key;
        this.values = List.copyOf(values);
        this.headers = headers;
    }

    /// What the answer's headers say besides.
    public Map<String, String> headers() {
        return headers;
    }

    /// What to answer.
    public Problem problem() {
        return problem;
    }

    /// The same for people, in their language; empty: it was written for programs alone.
    public Optional<String> told(Words words) {
        return Optional.ofNullable(key).map(text -> words.text(text, values.toArray()));
    }

    /// What people can do about it, in their language; empty: nothing was written for this reason alone.
    Optional<String> advice(Words words) {
        return Optional.ofNullable(key)
                .map(text -> text + ".advice")
                .filter(words::has)
                .map(text -> words.text(text, values.toArray()));
    }
}

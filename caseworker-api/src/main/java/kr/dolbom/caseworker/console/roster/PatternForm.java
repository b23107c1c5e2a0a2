package kr.dolbom.caseworker.console.roster;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kr.dolbom.caseworker.console.people.Form;
import kr.dolbom.caseworker.roster.plan.PatternApi;
import kr.dolbom.caseworker.words.Words;

/// The form of one more shift pattern as it was filled in. Immutable.
///
/// @param values as they came
/// @param faults by field, what would be right
record PatternForm(Map<String, String> values, Map<String, String> faults) {
    /// Before anybody has filled it in: office hours of a working week.
    static final Form BLANK = new Form(
            Map.ofEntries(
                    Map.entry("from", "09:00"),
                    Map.entry("to", "18:00"),
                    Map.entry("position", "1"),
                    Map.entry("people", "2"),
                    Map.entry("day-mon", "yes"),
                    Map.entry("day-tue", "yes"),
                    Map.entry("day-wed", "yes"),
                    Map.entry("day-thu", "yes"),
                    Map.entry("day-fri", "yes")),
            Map.of(),
            "");

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday");
    private static final int LONGEST_NAME = 40;
    private static final int MOST_POSITIONS = 90;
    private static final int MOST_PEOPLE = 10;

    /// What was sent.
    ///
    /// @param teams the public ids of the office's
    static PatternForm read(Map<String, String> values, Set<String> teams, Words words) {
        Map<String, String> faults = new HashMap<>();
        String name = values.getOrDefault("name", "").strip();
        note(faults, words, "name", !name.isEmpty() && name.length() <= LONGEST_NAME);
        String team = values.getOrDefault("team", "").strip();
        note(faults, words, "team", team.isEmpty() || teams.contains(team));
        note(faults, words, "days", DAYS.stream().anyMatch(day -> values.containsKey("day-" + day)));
        note(faults, words, "from", isTime(values.getOrDefault("from", "")));
        note(faults, words, "to", isTime(values.getOrDefault("to", "")));
        note(faults, words, "position", isNumber(values.getOrDefault("position", ""), MOST_POSITIONS));
        note(faults, words, "people", isNumber(values.getOrDefault("people", ""), MOST_PEOPLE));
        return new PatternForm(values, faults);
    }

    private static void note(Map<String, String> faults, Words words, String field, boolean isRight) {
        if (!isRight) {
            faults.put(field, words.text("roster.pattern.fault." + field));
        }
    }

    private static boolean isTime(String value) {
        try {
            LocalTime.parse(value);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isNumber(String value, int most) {
        return value.matches("[1-9]\\d?") && Integer.parseInt(value) <= most;
    }

    /// What it asks for, where nothing is wrong.
    PatternApi.NewPattern pattern(UUID office) {
        return new PatternApi.NewPattern(
                office,
                text("team").isEmpty() ? null : UUID.fromString(text("team")),
                text("name"),
                DAYS.stream().filter(day -> values.containsKey("day-" + day)).toList(),
                LocalTime.parse(text("from")),
                LocalTime.parse(text("to")),
                Integer.valueOf(text("position")),
                Integer.valueOf(text("people")));
    }

    private String text(String field) {
        return values.getOrDefault(field, "").strip();
    }

    /// The same to be mended.
    Form again() {
        return new Form(values, faults, "refused");
    }

    /// Days in words, by their word in REST.
    static Map<String, String> weekdays(Words words) {
        Map<String, String> days = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(
                    day.name().substring(0, 3).toLowerCase(Locale.ROOT),
                    day.getDisplayName(TextStyle.SHORT, words.locale()));
        }
        days.put("holiday", words.text("roster.pattern.holiday"));
        return days;
    }

    /// A pattern in words.
    ///
    /// @param teams their names by their public ids
    static PlanPage.Pattern told(Words words, Map<String, String> teams, PatternApi.Pattern pattern) {
        Map<String, String> weekdays = weekdays(words);
        String days = pattern.days().stream()
                .map(day -> weekdays.getOrDefault(day, day))
                .collect(Collectors.joining("·"));
        String times = pattern.endsAt().isAfter(pattern.startsAt())
                ? pattern.startsAt() + "–" + pattern.endsAt()
                : words.text("roster.to-next-day", pattern.startsAt(), pattern.endsAt());
        String told = words.text("roster.pattern.told", days, times, pattern.position(), pattern.people());
        UUID team = pattern.teamId();
        return new PlanPage.Pattern(
                pattern.patternId().toString(),
                pattern.name(),
                team == null
                        ? told
                        : words.text("roster.pattern.of-team", teams.getOrDefault(team.toString(), ""), told));
    }
}

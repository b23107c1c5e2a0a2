package kr.dolbom.caseworker.roster.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Somebody has more, or less, of something than an even month would give them. A month without bends is as even
/// as whole shifts can be.
///
/// @param rule what is not even
/// @param name whose it is
/// @param even what they would have, if all had the same for the time that they are here
/// @param has what they have
public record Bend(Rule rule, String name, double even, double has) {

    /// What should be even, in the order of its weight.
    public enum Rule {
        /// Shifts that reach into the time from 00:00 to 06:00.
        NIGHTS,
        /// Shifts that begin on a Saturday, a Sunday or a holiday.
        DAYS_OFF,
        /// Hours, all together.
        HOURS,
        /// Turns as the primary.
        PRIMARY
    }

    /// A shift cannot be halved: what differs by less than this is even.
    private static final double ONE = 1;
    private static final double TURNS = 2;
    private static final double MINUTES_PER_HOUR = 60;

    /// Where a plan bends the rules, by rule and then by name.
    static List<Bend> of(List<Candidate> people, Plan plan) {
        Stream<Vacancy> vacancies = Stream.concat(
                plan.made().stream().map(Plan.Assignment::vacancy),
                plan.unfilled().stream().map(Plan.Unfilled::vacancy));
        List<Vacancy> all = vacancies.toList();
        Set<Integer> eligible =
                all.stream().flatMap(vacancy -> vacancy.eligible().stream()).collect(Collectors.toSet());
        List<Candidate> taking = people.stream()
                .filter(person -> eligible.contains(person.caseworkerNo()))
                .toList();
        double longestHours = all.stream()
                .mapToDouble(vacancy -> vacancy.span().length().toMinutes() / MINUTES_PER_HOUR)
                .max()
                .orElse(0);
        Map<Integer, Load> loads = taking.stream().collect(Collectors.toMap(Candidate::caseworkerNo, person -> {
            return plan.made().stream()
                    .filter(shift -> shift.caseworkerNo() == person.caseworkerNo())
                    .map(shift -> Load.of(shift.vacancy()))
                    .reduce(person.load(), Load::plus);
        }));
        List<Bend> bends = new ArrayList<>();
        add(bends, Rule.NIGHTS, taking, loads, Load::nights, ONE);
        add(bends, Rule.DAYS_OFF, taking, loads, Load::daysOff, ONE);
        add(bends, Rule.HOURS, taking, loads, load -> load.minutes() / MINUTES_PER_HOUR, longestHours);
        add(bends, Rule.PRIMARY, taking, loads, Load::primary, TURNS);
        return bends;
    }

    private static void add(
            List<Bend> bends,
            Rule rule,
            List<Candidate> people,
            Map<Integer, Load> loads,
            ToDoubleFunction<Load> figure,
            double allowed) {
        double shares = people.stream().mapToDouble(Candidate::share).sum();
        double total = loads.values().stream().mapToDouble(figure).sum();
        for (Candidate person : people) {
            double even = total * person.share() / shares;
            double has = figure.applyAsDouble(Objects.requireNonNull(loads.get(person.caseworkerNo())));
            if (Math.abs(has - even) >= allowed && total > 0) {
                bends.add(new Bend(rule, person.name(), even, has));
            }
        }
    }
}

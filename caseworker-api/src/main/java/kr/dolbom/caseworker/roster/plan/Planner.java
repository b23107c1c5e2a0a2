package kr.dolbom.caseworker.roster.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import kr.dolbom.caseworker.roster.ShiftBook;
import kr.dolbom.caseworker.roster.Span;

/// Makes a month's roster. What must not be is never done: two duties at once, less than 11 hours of
/// rest, a duty during leave. Within that as many vacancies as can be are filled, then nights and days off
/// are made as equal as can be, then hours and turns as the primary; whoever had fewer nights and days
/// off in the months before gets the odd one.
///
/// The vacancies are filled one after the other, each by the person to whom it adds least; then single vacancies
/// are given on, pairs swapped and chains of two passed along while that makes it fairer. The same input
/// gives the same roster, in whatever order it comes.
final class Planner {
    private static final int NOBODY = -1;
    private static final double NIGHT = 1000;
    private static final double DAY_OFF = 1000;
    private static final double TEN_HOURS = 10;
    private static final double PRIMARY = 3;
    /// What one more night or day off of the months before weighs; so little that this month's stay
    /// equal.
    private static final double BEFORE = 50;
    private static final int BEFORE_AT_MOST = 9;
    private static final double LEAST_GAIN = 1e-6;

    private final List<Vacancy> vacancies;
    private final List<Candidate> people;
    private final BitSet[] open;
    private final BitSet[] conflicts;
    private final BitSet[] has;
    private final Load[] loads;
    private final int[] holder;
    private final int[] extraBefore;

    private Planner(List<Vacancy> vacancies, List<Candidate> people) {
        this.vacancies = vacancies.stream()
                .sorted(Comparator.comparing((Vacancy vacancy) -> vacancy.span().start())
                        .thenComparingInt(Vacancy::position)
                        .thenComparingInt(Vacancy::patternNo))
                .toList();
        this.people = people.stream()
                .sorted(Comparator.comparingInt(Candidate::caseworkerNo))
                .toList();
        int count = vacancies.size();
        holder = new int[count];
        Arrays.fill(holder, NOBODY);
        conflicts = new BitSet[count];
        for (int s = 0; s < count; s++) {
            conflicts[s] = new BitSet(count);
            for (int t = 0; t < count; t++) {
                if (vacancy(s).span().isCloserThan(ShiftBook.REST, vacancy(t).span())) {
                    conflicts[s].set(t);
                }
            }
        }
        open = new BitSet[people.size()];
        has = new BitSet[people.size()];
        loads = new Load[people.size()];
        extraBefore = new int[people.size()];
        int leastBefore = people.stream().mapToInt(Planner::before).min().orElse(0);
        for (int p = 0; p < people.size(); p++) {
            Candidate person = this.people.get(p);
            open[p] = new BitSet(count);
            has[p] = new BitSet(count);
            loads[p] = person.load();
            extraBefore[p] = Math.min(BEFORE_AT_MOST, before(person) - leastBefore);
            for (int s = 0; s < count; s++) {
                open[p].set(s, isOpen(vacancy(s), person));
            }
        }
    }

    /// Makes a roster.
    ///
    /// @param vacancies what has to be taken
    /// @param people who may take it
    static Plan plan(List<Vacancy> vacancies, List<Candidate> people) {
        var planner = new Planner(vacancies, people);
        planner.fill();
        while (planner.fillByMoving() || planner.giveOn() || planner.swap() || planner.passAlong()) {
            // Each of them makes the roster better, so that it ends.
        }
        return planner.result();
    }

    private Vacancy vacancy(int s) {
        return vacancies.get(s);
    }

    private static int before(Candidate person) {
        return person.before().nights() + person.before().daysOff();
    }

    private static boolean isOpen(Vacancy vacancy, Candidate person) {
        return vacancy.eligible().contains(person.caseworkerNo())
                && person.away().stream().noneMatch(vacancy.span()::overlaps)
                && person.busy().stream().noneMatch(span -> span.isCloserThan(ShiftBook.REST, vacancy.span()));
    }

    private void fill() {
        for (int s = 0; s < vacancies.size(); s++) {
            fill(s);
        }
    }

    private boolean fill(int s) {
        int best = NOBODY;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < people.size(); p++) {
            if (fits(p, s, NOBODY)) {
                double added = gained(p, Load.of(vacancy(s)));
                if (added < least) {
                    least = added;
                    best = p;
                }
            }
        }
        if (best != NOBODY) {
            give(s, best);
        }
        return best != NOBODY;
    }

    /// Fills what is empty, where need be by giving the one duty that is in the way to somebody else.
    private boolean fillByMoving() {
        boolean filled = false;
        for (int s = 0; s < vacancies.size(); s++) {
            if (holder[s] == NOBODY && (fill(s) || makeRoom(s))) {
                filled = true;
            }
        }
        return filled;
    }

    private boolean makeRoom(int s) {
        for (int p = 0; p < people.size(); p++) {
            if (!open[p].get(s)) {
                continue;
            }
            BitSet inTheWay = (BitSet) has[p].clone();
            inTheWay.and(conflicts[s]);
            int t = inTheWay.nextSetBit(0);
            if (inTheWay.cardinality() != 1) {
                continue;
            }
            for (int q = 0; q < people.size(); q++) {
                if (q != p && fits(q, t, NOBODY)) {
                    give(t, q);
                    give(s, p);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean giveOn() {
        boolean better = false;
        for (int s = 0; s < vacancies.size(); s++) {
            int a = holder[s];
            for (int b = 0; a != NOBODY && b < people.size(); b++) {
                Load load = Load.of(vacancy(s));
                if (b != a && lost(a, load) + gained(b, load) < -LEAST_GAIN && fits(b, s, NOBODY)) {
                    give(s, b);
                    a = b;
                    better = true;
                }
            }
        }
        return better;
    }

    private boolean swap() {
        boolean better = false;
        for (int s = 0; s < vacancies.size(); s++) {
            for (int t = s + 1; t < vacancies.size(); t++) {
                int a = holder[s];
                int b = holder[t];
                if (a == NOBODY || b == NOBODY || a == b) {
                    continue;
                }
                Load change = Load.of(vacancy(t)).minus(Load.of(vacancy(s)));
                if (gained(a, change) + lost(b, change) < -LEAST_GAIN && fits(a, t, s) && fits(b, s, t)) {
                    give(s, b);
                    give(t, a);
                    better = true;
                }
            }
        }
        return better;
    }

    /// One gives a vacancy to a second, who gives another to a third.
    private boolean passAlong() {
        for (int s = 0; s < vacancies.size(); s++) {
            for (int t = 0; t < vacancies.size(); t++) {
                int a = holder[s];
                int b = holder[t];
                if (a == NOBODY || b == NOBODY || a == b || !fits(b, s, t)) {
                    continue;
                }
                Load given = Load.of(vacancy(s));
                Load passed = Load.of(vacancy(t));
                double soFar = lost(a, given) + gained(b, given.minus(passed));
                for (int c = 0; c < people.size(); c++) {
                    if (c != a && c != b && soFar + gained(c, passed) < -LEAST_GAIN && fits(c, t, NOBODY)) {
                        give(t, c);
                        give(s, b);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Whether this person can take vacancy `s` when they give up `without`.
    private boolean fits(int p, int s, int without) {
        if (!open[p].get(s)) {
            return false;
        }
        for (int t = has[p].nextSetBit(0); t >= 0; t = has[p].nextSetBit(t + 1)) {
            if (t != without && conflicts[s].get(t)) {
                return false;
            }
        }
        return true;
    }

    private void give(int s, int p) {
        Load load = Load.of(vacancy(s));
        int before = holder[s];
        if (before != NOBODY) {
            has[before].clear(s);
            loads[before] = loads[before].minus(load);
        }
        holder[s] = p;
        has[p].set(s);
        loads[p] = loads[p].plus(load);
    }

    private double gained(int p, Load more) {
        return cost(p, loads[p].plus(more)) - cost(p, loads[p]);
    }

    private double lost(int p, Load less) {
        return cost(p, loads[p].minus(less)) - cost(p, loads[p]);
    }

    /// Grows with the square of what somebody has, so that the sum over all is least when all have the
    /// same for the time that they are here.
    private double cost(int p, Load load) {
        double tenHours = load.minutes() / 600.0;
        double squares = NIGHT * load.nights() * load.nights()
                + DAY_OFF * load.daysOff() * load.daysOff()
                + TEN_HOURS * tenHours * tenHours
                + PRIMARY * load.primary() * load.primary();
        return squares / people.get(p).share() + BEFORE * extraBefore[p] * (load.nights() + load.daysOff());
    }

    private Plan result() {
        List<Plan.Assignment> made = new ArrayList<>();
        List<Plan.Unfilled> unfilled = new ArrayList<>();
        for (int s = 0; s < vacancies.size(); s++) {
            if (holder[s] == NOBODY) {
                unfilled.add(new Plan.Unfilled(vacancy(s), obstacles(vacancy(s))));
            } else {
                made.add(new Plan.Assignment(vacancy(s), people.get(holder[s]).caseworkerNo()));
            }
        }
        return new Plan(made, unfilled);
    }

    private List<Plan.Obstacle> obstacles(Vacancy vacancy) {
        List<Plan.Obstacle> obstacles = new ArrayList<>();
        for (int p = 0; p < people.size(); p++) {
            Candidate person = people.get(p);
            if (vacancy.eligible().contains(person.caseworkerNo())) {
                List<Span> duties = new ArrayList<>(person.busy());
                has[p].stream().forEach(s -> duties.add(vacancy(s).span()));
                obstacles.add(new Plan.Obstacle(person, why(vacancy, person, duties)));
            }
        }
        return obstacles;
    }

    private static Plan.Why why(Vacancy vacancy, Candidate person, List<Span> duties) {
        if (person.away().stream().anyMatch(vacancy.span()::overlaps)) {
            return Plan.Why.AWAY;
        }
        return duties.stream().anyMatch(vacancy.span()::overlaps) ? Plan.Why.BUSY : Plan.Why.REST;
    }
}

package kr.dolbom.risk.family;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import kr.dolbom.contract.telemetry.Room;
import kr.dolbom.risk.alert.Family;
import kr.dolbom.risk.alert.Tier;
import kr.dolbom.risk.family.fact.Fact;
import kr.dolbom.risk.family.fact.Verdict;
import kr.dolbom.risk.family.weather.Tightening;
import kr.dolbom.risk.fusion.Fusion;
import kr.dolbom.risk.fusion.Mode;
import kr.dolbom.risk.fusion.Risk;

/// A resident who gets up at about seven, goes to bed at about half past ten, gets up twice or so by night, and is
/// noticed some 300 times a day, more on some days than on others. Seeded: the same numbers each time.
public final class SimulatedHome {
    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    public static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);

    private static final Room[] ROOMS = {Room.LOUNGE, Room.KITCHEN, Room.BEDROOM, Room.BATHROOM, Room.LOUNGE};

    private final Random random;
    private final Families families = new Families(SEOUL);
    private final Fusion fusion = new Fusion();
    private LocalDate day = FIRST_DAY;

    /// What is different from this resident's usual.
    ///
    /// @param activity factor of all signs
    /// @param shiftHours of sleep
    /// @param nightFactor of getting up by night
    public record Change(double activity, double shiftHours, double nightFactor) {
        public static final Change NONE = new Change(1, 0, 1);
    }

    /// A scored verdict at a moment.
    public record Said(Instant at, Risk risk) {
        /// Whether a family has a tier at this moment.
        public boolean has(Family family) {
            return risk.reasons().stream().anyMatch(r -> r.verdict().family() == family && r.tier() != null);
        }

        /// Whether a family's tier is news.
        public boolean isNews(Family family) {
            return risk.reasons().stream()
                    .anyMatch(r -> r.verdict().family() == family && r.isNews() && r.tier() != Tier.CRITICAL);
        }

        public Verdict verdict(Family family) {
            return risk.reasons().stream()
                    .map(Risk.Scored::verdict)
                    .filter(v -> v.family() == family)
                    .findFirst()
                    .orElseThrow();
        }
    }

    public SimulatedHome(long seed) {
        random = new Random(seed);
    }

    public Families families() {
        return families;
    }

    public LocalDate today() {
        return day;
    }

    /// Lives a day, midnight to midnight, and looks whenever it is due.
    public void live(Change change, Consumer<Said> looks) {
        live(change, _ -> false, looks);
    }

    /// Lives a day of which some facts are lost.
    public void live(Change change, Predicate<Fact> isLost, Consumer<Said> looks) {
        for (Fact fact : facts(change)) {
            if (!isLost.test(fact)) {
                tell(fact, looks);
            }
        }
        day = day.plusDays(1);
    }

    /// Lives days as usual.
    public void live(int days, Consumer<Said> looks) {
        for (int i = 0; i < days; i++) {
            live(Change.NONE, looks);
        }
    }

    /// A day passes of which nothing is told.
    public void skipDay() {
        day = day.plusDays(1);
    }

    /// Tells a fact, after looking at all moments before it.
    public void tell(Fact fact, Consumer<Said> looks) {
        long next = families.nextMoment();
        while (next <= fact.at()) {
            looks.accept(look(Instant.ofEpochSecond(next)));
            next = families.nextMoment();
        }
        if (families.observe(fact)) {
            looks.accept(look(Instant.ofEpochSecond(fact.at())));
        }
    }

    public Said look(Instant now) {
        return new Said(now, fusion.fuse(families.judge(now), Mode.HOME, Tightening.NONE));
    }

    /// A moment of today.
    public long at(int hour, int minute) {
        return day.atTime(hour, minute).atZone(SEOUL).toEpochSecond();
    }

    private List<Fact> facts(Change change) {
        List<Fact> facts = new ArrayList<>();
        long midnight = day.atStartOfDay(SEOUL).toEpochSecond();
        double up = 7 + 0.5 * random.nextGaussian() + change.shiftHours();
        double bed = 22.5 + 0.5 * random.nextGaussian() + change.shiftHours();
        double mood = Math.exp(0.15 * random.nextGaussian());
        for (int bin = 0; bin < 144; bin++) {
            double hour = bin / 6.0;
            boolean isUp = (hour >= up && hour < bed) || hour < bed - 24;
            double signs = isUp ? 3.2 * mood : 0.06 * change.nightFactor();
            int count = poisson(signs * (random.nextDouble() < 0.65 || !isUp ? 1 : 0) * change.activity());
            for (int i = 0; i < count; i++) {
                Room room = isUp ? ROOMS[random.nextInt(ROOMS.length)] : Room.BATHROOM;
                facts.add(new Fact.Seen(midnight + bin * 600L + random.nextInt(600), room, 1));
            }
        }
        facts.sort(Comparator.comparingLong(Fact::at));
        return facts;
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}

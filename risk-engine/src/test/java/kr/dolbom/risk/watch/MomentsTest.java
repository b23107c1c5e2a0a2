package kr.dolbom.risk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void theEarliestIsDueFirstAndAResidentHasOneMoment() {
        var moments = new Moments();
        moments.set(1, 30);
        moments.set(2, 10);
        moments.set(3, 10);
        moments.set(1, 5);
        moments.set(3, 50);

        assertEquals(5, moments.first());
        assertEquals(List.of(1, 2), takeDue(moments, 10));
        assertEquals(List.of(), takeDue(moments, 49));
        assertEquals(50, moments.first());
    }

    @Test
    void whoHasNoMomentIsNeverDue() {
        var moments = new Moments();
        moments.clear(100_000);
        assertEquals(Moments.NONE, moments.first());
        assertEquals(List.of(), takeDue(moments, Long.MAX_VALUE));

        moments.set(7, 1);
        moments.clear(7);
        assertEquals(Moments.NONE, moments.first());
    }

    @Test
    void anyCourseOfChangesGivesTheOrderOfASortedList() {
        var random = new Random(4);
        var moments = new Moments();
        TreeMap<Integer, Long> expected = new TreeMap<>();
        long now = 0;
        for (int change = 0; change < 200_000; change++) {
            int slot = random.nextInt(1_000);
            if (random.nextInt(10) == 0) {
                moments.clear(slot);
                expected.remove(slot);
            } else {
                long moment = now + random.nextInt(500); // many at the same moment
                moments.set(slot, moment);
                expected.put(slot, moment);
            }
            if (change % 1_000 == 999) {
                now += 100;
                long until = now;
                List<Integer> due = expected.entrySet().stream()
                        .filter(entry -> entry.getValue() <= until)
                        .sorted(Comparator.comparing(java.util.Map.Entry::getValue))
                        .map(java.util.Map.Entry::getKey)
                        .toList();
                assertEquals(due, takeDue(moments, now));
                due.forEach(expected::remove);
            }
        }
    }

    private static List<Integer> takeDue(Moments moments, long now) {
        List<Integer> due = new ArrayList<>();
        for (int slot = moments.takeDue(now); slot >= 0; slot = moments.takeDue(now)) {
            due.add(slot);
        }
        return due;
    }
}

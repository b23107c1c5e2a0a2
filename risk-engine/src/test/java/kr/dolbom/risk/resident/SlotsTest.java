package kr.dolbom.risk.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void eachResidentHasTheNextSlotAndKeepsIt() {
        var slots = new Slots();
        assertEquals(Slots.NONE, slots.find(1));
        for (int i = 0; i < 10_000; i++) {
            assertEquals(i, slots.add(i * 64 + 5));
        }

        for (int i = 0; i < 10_000; i++) {
            assertEquals(i, slots.find(i * 64 + 5));
            assertEquals(i * 64 + 5, slots.residentNo(i));
            assertEquals(Slots.NONE, slots.find(i * 64 + 6));
        }
        assertEquals(10_000, slots.size());
    }
}

package kr.dolbom.risk.resident;

import java.util.Arrays;

/// Gives each resident a dense number, the *slot*, in the order in which they are first met, so that what is kept of
/// residents can stand in arrays. A hash table in an array that holds residents and slots side by side: mostly one
/// access to memory answers. Residents are never forgotten.
public final class Slots {
    /// What [#find] gives for a resident who has none.
    public static final int NONE = -1;

    private int[] residents = new int[64];
    private int[] table = emptyTable(128); // at even places a resident, behind that the slot
    private int size;

    /// Nobody has one.
    public Slots() {}

    private static int[] emptyTable(int entries) {
        int[] table = new int[2 * entries];
        Arrays.fill(table, NONE);
        return table;
    }

    /// The resident's slot, or [#NONE].
    public int find(int residentNo) {
        int[] entries = table;
        int mask = entries.length - 1;
        int at = spread(residentNo) & mask;
        while (entries[at + 1] != NONE) {
            if (entries[at] == residentNo) {
                return entries[at + 1];
            }
            at = at + 2 & mask;
        }
        return NONE;
    }

    /// Gives the next slot to a resident who has none.
    public int add(int residentNo) {
        if (size == residents.length) {
            residents = Arrays.copyOf(residents, size * 2);
            table = emptyTable(size * 4);
            for (int slot = 0; slot < size; slot++) {
                enter(slot);
            }
        }
        residents[size] = residentNo;
        enter(size);
        return size++;
    }

    /// Whose slot it is.
    public int residentNo(int slot) {
        return residents[slot];
    }

    /// How many there are: slots go from 0 to one below.
    public int size() {
        return size;
    }

    private void enter(int slot) {
        int mask = table.length - 1;
        int at = spread(residents[slot]) & mask;
        while (table[at + 1] != NONE) {
            at = at + 2 & mask;
        }
        table[at] = residents[slot];
        table[at + 1] = slot;
    }

    /// An even number.
    private static int spread(int number) {
        int product = number * 0x9E3779B9;
        return (product ^ product >>> 16) << 1;
    }
}

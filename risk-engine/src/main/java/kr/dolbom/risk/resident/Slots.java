package kr.dolbom.risk.resident;

import java.util.Arrays;

/// Gives each resident a dense number, the *slot*, in the order in which they are first met, so that what is kept of
/// residents can stand in arrays. A hash table in two arrays; residents are never forgotten.
public final class Slots {
    /// What [#find] gives for a resident who has none.
    public static final int NONE = -1;

    private int[] residents = new int[64];
    private int[] table = new int[128];
    private int size;

    /// Nobody has one.
    public Slots() {
        Arrays.fill(table, NONE);
    }

    /// The resident's slot, or [#NONE].
    public int find(int residentNo) {
        int mask = table.length - 1;
        int at = spread(residentNo) & mask;
        while (table[at] != NONE) {
            if (residents[table[at]] == residentNo) {
                return table[at];
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    /// Gives the next slot to a resident who has none.
    public int add(int residentNo) {
        if (size == residents.length) {
            residents = Arrays.copyOf(residents, size * 2);
            table = new int[size * 4];
            Arrays.fill(table, NONE);
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
        while (table[at] != NONE) {
            at = at + 1 & mask;
        }
        table[at] = slot;
    }

    private static int spread(int number) {
        int product = number * 0x9E3779B9;
        return product ^ product >>> 16;
    }
}

package io.blazedb.internal.apply;

import java.util.Arrays;

/**
 * Says of most row keys that they are surely not in a set, in little memory and without looking. Never forgets a key.
 * For one thread.
 */
final class KeyFilter {
    private static final int BITS = 1 << 20;
    private static final long[] NOTHING = {};

    private long[] bits = NOTHING;

    void add(byte[] key) {
        if (bits.length == 0) {
            bits = new long[BITS / Long.SIZE];
        }
        int bit = bit(key);
        bits[bit / Long.SIZE] |= 1L << bit;
    }

    boolean isEmpty() {
        return bits.length == 0;
    }

    boolean mayContain(byte[] key) {
        int bit = bit(key);
        return bits.length > 0 && (bits[bit / Long.SIZE] & 1L << bit) != 0;
    }

    private static int bit(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E37_79B9;
        return hash >>> (Integer.SIZE - 20);
    }
}

package io.blazedb.sync.internal.simulation;

import java.util.List;
import java.util.Random;

/** The chance of one world. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(mixed(seed));
    }

    /** 0 to {@code bound - 1}. */
    int roll(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code min} to {@code max}, both included. */
    int between(int min, int max) {
        return min + random.nextInt(max - min + 1);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    long any() {
        return random.nextLong();
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The finalizer of SplitMix64. */
    static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

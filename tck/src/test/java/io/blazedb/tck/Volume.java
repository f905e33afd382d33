package io.blazedb.tck;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How much a test does: a little in {@code mvn verify}, fifty times as much with {@code -Pfull}, or as many times as
 * {@code -Dblazedb.test.factor} says.
 */
public final class Volume {
    private static final int FULL_FACTOR = Integer.getInteger("blazedb.test.factor", 50);

    private static final long SEED_IN_VERIFY = 1_000_000;

    private Volume() {}

    public static boolean isFull() {
        return System.getProperty("blazedb.test.volume", "verify").equals("full");
    }

    /** That many in {@code verify}, a multiple with {@code -Pfull}. */
    public static int of(int inVerify) {
        return isFull() ? inVerify * FULL_FACTOR : inVerify;
    }

    /**
     * The seed that {@code -Dseed=...} asks to replay; else always the same in {@code verify}, so that its verdict is
     * about the code alone, and a new one with {@code -Pfull}. The caller prints it.
     */
    public static long seed() {
        String asked = System.getProperty("seed");
        if (asked != null) {
            return Long.parseLong(asked);
        }
        return isFull() ? ThreadLocalRandom.current().nextLong(1_000_000_000L) : SEED_IN_VERIFY;
    }
}

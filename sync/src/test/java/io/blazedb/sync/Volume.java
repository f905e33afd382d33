package io.blazedb.sync;

import java.util.stream.LongStream;

/** How many random cases a test runs: what a build can wait for, or all with {@code -Pfull}. */
public final class Volume {
    private Volume() {}

    private static boolean isFull() {
        return "full".equals(System.getProperty("blazedb.test.volume"));
    }

    /** So many in {@code verify}; with {@code -Pfull} all, or as many times as {@code -Dblazedb.test.factor} says. */
    public static int cases(int inVerify, int inFull) {
        if (!isFull()) {
            return inVerify;
        }
        Integer factor = Integer.getInteger("blazedb.test.factor");
        return factor == null ? inFull : (int) Math.min(inFull, (long) inVerify * factor);
    }

    /**
     * So many seeds, or the one that {@code -Dseed=...} asks to replay: in {@code verify} always the same, so that its
     * verdict is about the code alone, with {@code -Pfull} new ones.
     */
    public static LongStream seeds(int inVerify, int inFull) {
        Long asked = Long.getLong("seed");
        if (asked != null) {
            return LongStream.of(asked);
        }
        long first = isFull() ? System.nanoTime() : 1;
        return LongStream.range(first, first + cases(inVerify, inFull));
    }
}

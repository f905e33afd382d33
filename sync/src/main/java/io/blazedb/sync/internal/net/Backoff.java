package io.blazedb.sync.internal.net;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random time between the least and three times the one before, never more
 * than the most. So many clients that lost one hub at one moment do not come back at one moment. Not safe for use by
 * several threads.
 */
final class Backoff {
    static final long MILLIS_MIN = 200;
    static final long MILLIS_MAX = 30_000;
    private static final int GROWTH = 3;

    private final RandomGenerator random;
    private long last = MILLIS_MIN;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    long nextMillis() {
        long bound = Math.min(MILLIS_MAX, last * GROWTH);
        last = random.nextLong(MILLIS_MIN, bound + 1);
        return last;
    }

    /** Things are well again. */
    void reset() {
        last = MILLIS_MIN;
    }
}

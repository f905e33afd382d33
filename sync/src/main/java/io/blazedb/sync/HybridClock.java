package io.blazedb.sync;

/**
 * Gives transactions their time: close to the wall clock, and larger than everything this node has seen.
 *
 * <p>A reading is 48 bits of Unix milliseconds and 16 bits of counter, handled as one unsigned number, so a counter
 * that overflows carries into the milliseconds. The clock fulfils Lamport's condition: with a wall time of 0 it is a
 * Lamport clock. The caller brings the wall time. Not safe for use by several threads: readings are taken under the
 * lock that orders the log.
 */
public final class HybridClock {
    /** Largest wall time that fits a reading. */
    public static final long WALL_MILLIS_MAX = (1L << 48) - 1;

    private static final int COUNTER_BITS = 16;

    private long last;

    /** Goes on after {@code last}, the largest reading that was stored; 0 for a new clock. */
    public HybridClock(long last) {
        this.last = last;
    }

    /** The reading of a new local transaction: larger than every reading given or observed before. */
    public long next(long wallMillis) {
        if (last == -1L) {
            throw new IllegalStateException("the clock stands at its largest reading; a stamp from a broken clock was"
                    + " observed: check drift before observing");
        }
        long wall = ofMillis(wallMillis);
        long successor = last + 1;
        last = Long.compareUnsigned(wall, successor) > 0 ? wall : successor;
        return last;
    }

    /** Takes notice of the reading of a remote transaction, whose drift the caller has checked. */
    public void observe(long hlc) {
        if (Long.compareUnsigned(hlc, last) > 0) {
            last = hlc;
        }
    }

    /** The largest reading given or observed; to be stored with the log. */
    public long last() {
        return last;
    }

    /** The smallest reading of that millisecond. */
    public static long ofMillis(long wallMillis) {
        if (wallMillis < 0 || wallMillis > WALL_MILLIS_MAX) {
            throw new IllegalArgumentException(
                    "wall time " + wallMillis + " ms (expected: 0 to " + WALL_MILLIS_MAX + "); set the system clock");
        }
        return wallMillis << COUNTER_BITS;
    }

    /** The milliseconds of a reading. */
    public static long millis(long hlc) {
        return hlc >>> COUNTER_BITS;
    }

    /** K1: whether a reading lies further ahead of the wall time than is tolerated. */
    public static boolean isAhead(long hlc, long wallMillis, long driftMillisMax) {
        return millis(hlc) > wallMillis + driftMillisMax;
    }

    static String text(long hlc) {
        return millis(hlc) + "." + (hlc & ((1L << COUNTER_BITS) - 1));
    }
}

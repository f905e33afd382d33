package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Stamp;

/**
 * By which merge rules a value was written. What was written under newer rules wins against everything that was written
 * under older ones, so no two nodes ever compare one pair of values by different orders.
 *
 * @param epoch the stamp of the rules; zero for a table that never had any
 * @param order how two values that were written under these rules compare
 */
public record Mark(Stamp epoch, Order order) implements Comparable<Mark> {
    /** How two values of one column compare. */
    public enum Order {
        /** By fence, cause and stamp. */
        STANDARD,
        /** By cause; within a life of the row the larger value wins. */
        MAX,
        /** By cause; within a life of the row the smaller value wins. */
        MIN
    }

    /** The mark of what was written without any rules. */
    public static final Mark NONE = new Mark(Stamp.ZERO, Order.STANDARD);

    public Mark {
        if (epoch.isZero() && order != Order.STANDARD) {
            throw new IllegalArgumentException("order " + order + " without rules (expected: their stamp)");
        }
    }

    /** Whether the values decide. */
    boolean byValue() {
        return order != Order.STANDARD;
    }

    /** Newer rules are larger. Rules of one stamp are the same rules, so their orders differ only if a member lies. */
    @Override
    public int compareTo(Mark other) {
        int byEpoch = epoch.compareTo(other.epoch);
        return byEpoch != 0 ? byEpoch : order.compareTo(other.order);
    }

    @Override
    public String toString() {
        return order + " of " + epoch;
    }
}

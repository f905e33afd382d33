package io.blazedb.sync.internal.merge;

import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One counter of one row: what each origin has added to it, and the value that it began with.
 *
 * <p>An origin's transactions are merged in their order and each once, so the sum of a shard says exactly which of them
 * are in it: the one with the later clock reading contains the other. Shards of every life are kept, since a server's
 * write may bring an earlier life back. A value that was written (not added) under newer rules ends the shards of older
 * ones. Immutable.
 */
public final class Counter {
    /** A counter that nobody has written. */
    static final Counter EMPTY = new Counter(RowValues.UNKNOWN, List.of());

    private final byte[] base;
    private final List<Shard> shards;

    /**
     * What one origin has added in one life of the row, under one set of rules.
     *
     * @param last clock reading of the last transaction in the sum
     */
    public record Shard(Stamp epoch, long cause, OriginId origin, long last, BigDecimal sum) {
        private static final Comparator<Shard> BY_NAME = Comparator.comparing(Shard::epoch)
                .thenComparingLong(Shard::cause)
                .thenComparing(Shard::origin);

        /** Scales of sums: those of deltas, and what adding trailing zeros can do to them. */
        private static final int SCALE_MAX = 2 * CounterDeltas.DIGITS_MAX;

        public Shard {
            if (Math.abs((long) sum.scale()) > SCALE_MAX) {
                throw new IllegalArgumentException(
                        "a counter's sum of scale " + sum.scale() + " (expected: up to " + SCALE_MAX + ")");
            }
            sum = sum.stripTrailingZeros();
        }

        /** The last transaction in the sum. */
        Stamp stamp() {
            return new Stamp(last, origin);
        }

        /** The longer prefix of the origin's transactions; two sums of one prefix exist only if a member lies. */
        private Shard larger(Shard other) {
            int comparison = Long.compareUnsigned(last, other.last);
            comparison = comparison != 0 ? comparison : sum.compareTo(other.sum);
            return comparison >= 0 ? this : other;
        }
    }

    private Counter(byte[] base, List<Shard> shards) {
        this.base = base;
        this.shards = shards;
    }

    /** A counter from its parts. */
    public static Counter of(byte[] base, List<Shard> shards) {
        for (int i = 1; i < shards.size(); i++) {
            if (Shard.BY_NAME.compare(shards.get(i - 1), shards.get(i)) >= 0) {
                throw new IllegalArgumentException(
                        "a counter's shards out of order (expected: by rules, life and origin)");
            }
        }
        return new Counter(base, List.copyOf(shards));
    }

    /** The value that was written before or between the rules; belongs to the column's version. */
    public byte[] base() {
        return base;
    }

    public List<Shard> shards() {
        return shards;
    }

    Counter withBase(byte[] newBase) {
        return Arrays.equals(base, newBase) ? this : new Counter(newBase, shards);
    }

    /** One transaction's delta more, unless it is in the sum already. */
    Counter plus(Stamp epoch, long cause, Stamp stamp, BigDecimal delta) {
        Shard added = new Shard(epoch, cause, stamp.origin(), stamp.hlc(), delta);
        List<Shard> after = new ArrayList<>(shards);
        int position = position(after, added);
        if (position < 0) {
            after.add(-position - 1, added);
            return new Counter(base, List.copyOf(after));
        }
        Shard known = after.get(position);
        if (Long.compareUnsigned(known.last(), stamp.hlc()) >= 0) {
            return this;
        }
        after.set(
                position,
                new Shard(epoch, cause, stamp.origin(), stamp.hlc(), known.sum().add(delta)));
        return new Counter(base, List.copyOf(after));
    }

    /** With another shard of the same name in the place of one, or none. */
    Counter with(Shard known, @Nullable Shard replacement) {
        List<Shard> after = new ArrayList<>(shards);
        if (replacement == null) {
            after.remove(known);
        } else {
            after.set(after.indexOf(known), replacement);
        }
        return new Counter(base, List.copyOf(after));
    }

    /** The longer one of each two shards; the base stays. */
    Counter join(Counter other) {
        List<Shard> after = new ArrayList<>(shards);
        for (Shard theirs : other.shards) {
            int position = position(after, theirs);
            if (position < 0) {
                after.add(-position - 1, theirs);
            } else {
                after.set(position, after.get(position).larger(theirs));
            }
        }
        return after.equals(shards) ? this : new Counter(base, List.copyOf(after));
    }

    private static int position(List<Shard> shards, Shard wanted) {
        for (int i = 0; i < shards.size(); i++) {
            int comparison = Shard.BY_NAME.compare(shards.get(i), wanted);
            if (comparison >= 0) {
                return comparison == 0 ? i : -i - 1;
            }
        }
        return -shards.size() - 1;
    }

    /** Without the shards that a value written under newer rules has ended. */
    Counter since(Stamp epoch) {
        if (shards.isEmpty() || shards.get(0).epoch().compareTo(epoch) >= 0) {
            return this;
        }
        return new Counter(
                base,
                shards.stream()
                        .filter(shard -> shard.epoch().compareTo(epoch) >= 0)
                        .toList());
    }

    /** The shards that count in a life of the row. */
    List<Shard> counted(long lifeCause) {
        return shards.stream().filter(shard -> shard.cause() == lifeCause).toList();
    }

    /** Whether the value that was written is of this life; one of an earlier life ended with it. */
    private boolean baseCounts(ColumnVersion version, long lifeCause) {
        return base.length > 0 && version.cause() >= lifeCause;
    }

    /**
     * The exact count.
     *
     * @param version of the value that was written
     * @param lifeCause the life of the row
     */
    BigDecimal total(ColumnVersion version, long lifeCause, ColumnTypes types) {
        BigDecimal total = baseCounts(version, lifeCause) ? types.number(base) : BigDecimal.ZERO;
        for (Shard shard : counted(lifeCause)) {
            total = total.add(shard.sum());
        }
        return total;
    }

    /** The value that shows: the total within the column's type; what was written when nobody has added anything. */
    byte[] shown(int column, ColumnVersion version, long lifeCause, ColumnTypes types) {
        if (!counted(lifeCause).isEmpty()) {
            return types.value(column, total(version, lifeCause, types));
        }
        return baseCounts(version, lifeCause) ? base : types.none(column);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counter that && Arrays.equals(base, that.base) && shards.equals(that.shards);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(base) + shards.hashCode();
    }

    /** Without values: they are the user's and stay out of messages. */
    @Override
    public String toString() {
        return "counter of " + shards.size() + " shards";
    }
}

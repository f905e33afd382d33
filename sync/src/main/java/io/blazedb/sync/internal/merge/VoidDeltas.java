package io.blazedb.sync.internal.merge;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an origin added to the counters of one row in operations that do not count under its name: its author has
 * written, or writes, them again under another one. A shard is the sum of a prefix of its origin's operations, so it
 * goes back to the longest prefix that does count.
 *
 * <p>Filled from the operations in their order, those that count too: they say where a shard goes back to. For one
 * thread.
 */
public final class VoidDeltas {
    private final OriginId origin;
    private final long lastClock;
    private final Map<Name, Shard> shards = new TreeMap<>(Name.ORDER);

    /** Which shard of the origin. */
    private record Name(int column, Stamp epoch, long cause) {
        private static final Comparator<Name> ORDER =
                Comparator.comparingInt(Name::column).thenComparing(Name::epoch).thenComparingLong(Name::cause);
    }

    /**
     * @param before clock of the last operation that counts and added to it; 0 when none is known
     * @param last clock of the last one that does not count; 0 when there is none
     * @param sum of those that do not count
     */
    private record Shard(long before, long last, BigDecimal sum) {}

    /** @param lastClock of the last operation of the origin that counts */
    public VoidDeltas(OriginId origin, long lastClock) {
        this.origin = origin;
        this.lastClock = lastClock;
    }

    /**
     * An operation of the origin changed the row.
     *
     * @param change in the numbers of the columns that the row's state has
     * @param counts whether the operation counts under its name
     */
    public void add(RowChange change, long hlc, boolean counts, ColumnRules rules) {
        for (int i = 0; i < change.counters().size(); i++) {
            BigDecimal delta = change.counters().delta(i);
            Name name = new Name(
                    change.counters().column(i), rules.epoch(), change.life().cause());
            shards.merge(
                    name,
                    counts ? new Shard(hlc, 0, BigDecimal.ZERO) : new Shard(0, hlc, delta),
                    (known, added) -> counts
                            ? new Shard(hlc, known.last, known.sum)
                            : new Shard(known.before, hlc, known.sum.add(delta)));
        }
    }

    /** Whether one of them, as far as is known, is in a state. */
    public boolean areIn(RowState state) {
        return shards.entrySet().stream().anyMatch(shard -> find(state.counters(), shard) != null);
    }

    /** The state without them; the columns that nobody added anything to but in vain are still counters. */
    public RowState takenFrom(RowState state) {
        Counters counters = state.counters();
        for (Map.Entry<Name, Shard> shard : shards.entrySet()) {
            Counter.Shard found = find(counters, shard);
            if (found != null) {
                int column = shard.getKey().column;
                counters = counters.with(
                        column, counters.getOrEmpty(column).with(found, shortened(found, shard.getValue())));
            }
        }
        return state.withCounters(counters);
    }

    /**
     * A merge of nothing but that: what the row shows without them.
     *
     * @param live the values of the row if it is alive
     */
    public Merged merged(RowState state, RowValues live, ColumnTypes types) {
        RowState after = takenFrom(state);
        if (!after.alive()) {
            return Merged.of(after, Merged.Transition.STAYS_DEAD, new int[0], new byte[0][]);
        }
        CounterMerging counting = new CounterMerging(state, after, live, types, (winner, loser) -> true);
        int[] changed = counting.changed(new int[0]);
        return Merged.of(after, Merged.Transition.LIVES, changed, counting.shown(changed, new byte[0][]));
    }

    /** What they added to the counters that a state shows, by column. */
    Map<Integer, BigDecimal> sums(RowState state) {
        Map<Integer, BigDecimal> sums = new HashMap<>();
        shards.entrySet().stream()
                .filter(shard -> shard.getKey().cause == state.life().cause() && find(state.counters(), shard) != null)
                .forEach(shard -> sums.merge(shard.getKey().column, shard.getValue().sum, BigDecimal::add));
        return sums;
    }

    /** The shard when the last of them is the last one in it: else it is gone, or has been taken back before. */
    private Counter.@Nullable Shard find(Counters counters, Map.Entry<Name, Shard> wanted) {
        Name name = wanted.getKey();
        Collection<Counter.Shard> known = counters.getOrEmpty(name.column).shards();
        return known.stream()
                .filter(shard -> shard.epoch().equals(name.epoch)
                        && shard.cause() == name.cause
                        && shard.origin().equals(origin)
                        && shard.last() == wanted.getValue().last)
                .findFirst()
                .orElse(null);
    }

    /** Null when nothing is left of it. The log may not have the operations that counted any more. */
    private Counter.@Nullable Shard shortened(Counter.Shard whole, Shard lost) {
        BigDecimal left = whole.sum().subtract(lost.sum);
        if (lost.before == 0 && left.signum() == 0) {
            return null;
        }
        long last = lost.before == 0 ? lastClock : lost.before;
        return new Counter.Shard(whole.epoch(), whole.cause(), origin, last, left);
    }
}

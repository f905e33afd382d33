package io.blazedb.sync.internal.merge;

import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Conflict.Kind;
import io.blazedb.sync.internal.merge.Counter.Shard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a merge did to the counters of a row: what shows now, and what of it the user has to know. For one thread. */
final class CounterMerging {
    private final RowState before;
    private final RowState after;
    private final RowValues live;
    private final ColumnTypes types;
    private final CausalPast past;

    /** @param live what the row showed before, if it was alive */
    CounterMerging(RowState before, RowState after, RowValues live, ColumnTypes types, CausalPast past) {
        this.before = before;
        this.after = after;
        this.live = live;
        this.types = types;
        this.past = past;
    }

    /** Columns that show something else than before, of a row that lives on, and those given; ascending. */
    int[] changed(int[] won) {
        return IntStream.concat(
                        Arrays.stream(won),
                        after.counters().columns().stream()
                                .mapToInt(Integer::intValue)
                                .filter(column -> !Arrays.equals(after.shown(column, types), live.value(column))))
                .distinct()
                .sorted()
                .toArray();
    }

    /** The values of these columns, with what the counters among them show. */
    byte[][] shown(int[] columns, byte[][] registers) {
        int size = columns.length == 0 ? 0 : columns[columns.length - 1] + 1;
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            values[i] = i < registers.length ? registers[i] : RowValues.UNKNOWN;
        }
        for (int column : columns) {
            if (after.counters().get(column) != null) {
                values[column] = after.shown(column, types);
            }
        }
        return values;
    }

    /** What was added in vain, and what was counted and counts no more although nobody had seen it. */
    List<Conflict> conflicts(CounterDeltas deltas, Stamp incoming) {
        List<Conflict> conflicts = new ArrayList<>();
        for (int i = 0; i < deltas.size(); i++) {
            reportDelta(conflicts, deltas, i, incoming);
        }
        for (int column : before.counters().columns()) {
            reportEnded(conflicts, column, incoming);
        }
        if (after.alive() && !incoming.isZero()) {
            after.counters().columns().forEach(column -> reportSaturated(conflicts, column, incoming));
        }
        return conflicts;
    }

    private void reportDelta(List<Conflict> conflicts, CounterDeltas deltas, int position, Stamp incoming) {
        int column = deltas.column(position);
        boolean counts = after.alive() && contains(counted(after, column), incoming);
        boolean known = before.counters().getOrEmpty(column).shards().stream().anyMatch(shard -> has(shard, incoming));
        Stamp written = after.version(column).stamp();
        if (!counts && !known && (written.isZero() || !past.covers(written, incoming))) {
            byte[] delta = types.value(column, deltas.delta(position));
            conflicts.add(new Conflict(Kind.COUNTER, column, written, incoming, delta));
        }
    }

    private void reportEnded(List<Conflict> conflicts, int column, Stamp incoming) {
        if (!before.alive()) {
            return;
        }
        List<Shard> still = after.alive() ? counted(after, column) : List.of();
        Stamp winner = incoming.isZero() ? after.version(column).stamp() : incoming;
        counted(before, column).stream()
                .filter(shard -> !contains(still, shard.stamp()) && isConcurrent(winner, shard.stamp()))
                .map(Shard::stamp)
                .max(Stamp::compareTo)
                .ifPresent(loser -> conflicts.add(new Conflict(
                        after.alive() ? Kind.UPDATE_UPDATE : Kind.UPDATE_DELETE,
                        column,
                        winner,
                        loser,
                        before.shown(column, types))));
    }

    private boolean isConcurrent(Stamp winner, Stamp loser) {
        return !winner.isZero() && !winner.origin().equals(loser.origin()) && !past.covers(winner, loser);
    }

    /** Told once, when the count leaves what the type can hold; the exact sum is kept. */
    private void reportSaturated(List<Conflict> conflicts, int column, Stamp incoming) {
        boolean fitted = !before.alive() || types.fits(column, total(before, column));
        if (fitted && !types.fits(column, total(after, column))) {
            conflicts.add(new Conflict(Kind.COUNTER, column, Stamp.ZERO, incoming, RowValues.UNKNOWN));
        }
    }

    private BigDecimal total(RowState state, int column) {
        return state.counters()
                .getOrEmpty(column)
                .total(state.version(column), state.life().cause(), types);
    }

    private static List<Shard> counted(RowState state, int column) {
        return state.counters().getOrEmpty(column).counted(state.life().cause());
    }

    private static boolean contains(List<Shard> shards, Stamp stamp) {
        return shards.stream().anyMatch(shard -> has(shard, stamp));
    }

    private static boolean has(Shard shard, Stamp stamp) {
        return shard.origin().equals(stamp.origin()) && Long.compareUnsigned(shard.last(), stamp.hlc()) >= 0;
    }
}

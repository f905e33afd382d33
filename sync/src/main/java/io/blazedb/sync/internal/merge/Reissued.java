package io.blazedb.sync.internal.merge;

import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Stamp;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row again as it is, for operations that do not count under their names. What they added to its counters
 * leaves their origin and is added anew, so the row shows the same before and after. Used once, by one thread.
 */
final class Reissued {
    private final RowAuthor author;
    private final RowState current;
    private final RowState before;
    private final RowValues live;
    private final RowValues registers;
    private final Map<Integer, BigDecimal> sums;

    Reissued(RowAuthor author, RowState current, RowValues live, VoidDeltas added) {
        this.author = author;
        this.current = current;
        this.before = added.takenFrom(current);
        this.live = live;
        this.registers = current.held(live);
        this.sums = current.alive() ? added.sums(current) : Map.of();
    }

    RowAuthor.Authored write(long tableId, byte[] key, int[] written) {
        TreeSet<Integer> columns = new TreeSet<>();
        Arrays.stream(written).forEach(columns::add);
        sums.keySet().stream()
                .filter(column -> !author.rules().isCounter(column))
                .forEach(columns::add);
        Map<Integer, byte[]> values = new TreeMap<>();
        for (int column : columns) {
            byte[] value = value(column);
            if (value.length > 0) {
                values.put(column, value);
            }
        }
        int[] numbers = values.keySet().stream().mapToInt(Integer::intValue).toArray();
        return author.rewritten(before, tableId, key, numbers, values.values().toArray(new byte[0][]), deltas(), live);
    }

    /** Of a counter what was written before anything was added; of one that is none any more all that it shows. */
    private byte[] value(int column) {
        @Nullable Counter counter = current.counters().get(column);
        if (counter == null) {
            return registers.value(column);
        }
        if (current.alive() && current.version(column).cause() < current.life().cause()) {
            return RowValues.UNKNOWN; // it ended with an earlier life
        }
        if (!author.rules().isCounter(column)) {
            return current.alive() ? current.shown(column, author.types()) : counter.base();
        }
        return withOlder(column, counter.base());
    }

    /** A value under newer rules ends what was added under older ones, so it has to contain it. */
    private byte[] withOlder(int column, byte[] base) {
        Stamp epoch = author.rules().epoch();
        BigDecimal older = null;
        for (Counter.Shard shard :
                before.counters().getOrEmpty(column).counted(before.life().cause())) {
            if (shard.epoch().compareTo(epoch) < 0) {
                older = (older == null ? BigDecimal.ZERO : older).add(shard.sum());
            }
        }
        return older == null
                ? base
                : author.types().value(column, author.types().number(base).add(older));
    }

    private CounterDeltas deltas() {
        Map<Integer, BigDecimal> deltas = new TreeMap<>();
        sums.forEach((column, sum) -> {
            if (author.rules().isCounter(column)) {
                deltas.put(column, sum);
            }
        });
        return CounterDeltas.of(
                deltas.keySet().stream().mapToInt(Integer::intValue).toArray(),
                deltas.values().toArray(new BigDecimal[0]));
    }
}

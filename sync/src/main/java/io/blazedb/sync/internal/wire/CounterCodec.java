package io.blazedb.sync.internal.wire;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.Counter;
import io.blazedb.sync.internal.merge.Counter.Shard;
import io.blazedb.sync.internal.merge.Counters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of one row state.
 *
 * <pre>
 * counters := varint count; of each varint distance of the column from the one before, less one | base | shards
 * base     := length, bytes; length 0 is none
 * shards   := varint count; of each stamp of the rules | varint life | varint origin | u64 last clock | number
 * </pre>
 *
 * <p>Stateless.
 */
final class CounterCodec {
    private static final int SHARD_BYTES_MIN = 1 + 1 + 1 + Long.BYTES + 3;
    private static final int COUNTER_BYTES_MIN = 3;

    private CounterCodec() {}

    static void write(ByteWriter out, Counters counters, LocalStamps stamps) {
        out.varint(counters.columns().size());
        int previous = -1;
        for (int column : counters.columns()) {
            out.varint(column - previous - 1L);
            previous = column;
            Counter counter = counters.get(column);
            if (counter != null) {
                write(out, counter, stamps);
            }
        }
    }

    private static void write(ByteWriter out, Counter counter, LocalStamps stamps) {
        out.bytes(counter.base()).varint(counter.shards().size());
        for (Shard shard : counter.shards()) {
            stamps.write(out, shard.epoch());
            out.varint(shard.cause());
            stamps.writeOrigin(out, shard.origin());
            out.u64(shard.last());
            NumberCodec.write(out, shard.sum());
        }
    }

    static Counters read(ByteReader in, LocalStamps stamps) throws MalformedException {
        int count = in.count(COUNTER_BYTES_MIN, TableDefinition.COLUMNS_MAX, "counters of a row state");
        Map<Integer, Counter> counters = new TreeMap<>();
        int previous = -1;
        for (int i = 0; i < count; i++) {
            previous += 1 + (int) in.varint(TableDefinition.COLUMNS_MAX, "column of a counter");
            counters.put(previous, readCounter(in, stamps));
        }
        if (previous >= TableDefinition.COLUMNS_MAX) {
            throw new MalformedException(
                    "column of a counter: " + previous + " (expected: < " + TableDefinition.COLUMNS_MAX + ")");
        }
        return Counters.of(counters);
    }

    private static Counter readCounter(ByteReader in, LocalStamps stamps) throws MalformedException {
        byte[] base = in.bytes(Integer.MAX_VALUE, "base of a counter");
        int count = in.count(SHARD_BYTES_MIN, Integer.MAX_VALUE, "shards of a counter");
        List<Shard> shards = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Stamp epoch = stamps.read(in);
            long cause = in.varint(Life.CAUSE_MAX, "life of a shard");
            OriginId origin = stamps.readOrigin(in);
            long last = in.u64("clock of a shard");
            BigDecimal sum = NumberCodec.read(in, "sum of a shard");
            shards.add(new Shard(epoch, cause, origin, last, sum));
        }
        return Counter.of(base, shards);
    }
}

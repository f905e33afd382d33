package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.OriginId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which clock the operations of each origin have: exactly for the last ones, at every {@value #STEP}th for older ones.
 * Clocks grow with numbers, so an older one can be bounded. Safe for use by several threads.
 */
public final class ClockHistory {
    static final int RECENT = 1 << 14;
    static final int STEP = 256;

    private final Map<OriginId, Line> lines = new ConcurrentHashMap<>();

    /** One origin's clocks. Guarded by its own monitor. */
    private static final class Line {
        private final long[] recent = new long[RECENT];
        private final TreeMap<Long, Long> steps = new TreeMap<>();
        private long first;
        private long last;

        synchronized void add(long seq, long hlc) {
            if (seq > last) {
                if (last == 0 || seq != last + 1) {
                    first = seq;
                }
                last = seq;
                recent[(int) (seq % RECENT)] = hlc;
                first = Math.max(first, seq - RECENT + 1);
            }
            if (seq == 1 || seq % STEP == 0) {
                steps.put(seq, hlc);
            }
        }

        /** Not later than the clock of that operation, and equal to it when it is one of the last. */
        synchronized long floor(long seq) {
            if (seq >= first && seq <= last && last > 0) {
                return recent[(int) (seq % RECENT)];
            }
            if (seq > last) {
                return last == 0 ? 0 : recent[(int) (last % RECENT)];
            }
            Map.Entry<Long, Long> step = steps.floorEntry(seq);
            return step == null ? 0 : step.getValue();
        }
    }

    void add(OriginId origin, long seq, long hlc) {
        line(origin).add(seq, hlc);
    }

    private Line line(OriginId origin) {
        Line line = lines.get(origin);
        return line != null ? line : lines.computeIfAbsent(origin, key -> new Line());
    }

    /** The clock of the first operation of an origin; 0 when it is not known. */
    long base(OriginId origin) {
        Line line = lines.get(origin);
        return line == null ? 0 : line.floor(1);
    }

    /** A clock not later than that of an operation. */
    public long floor(OriginId origin, long seq) {
        @Nullable Line line = lines.get(origin);
        return line == null || seq <= 0 ? 0 : line.floor(seq);
    }

    /** Takes over that an operation's clock is this or later, as a peer knows it, unless more is known here. */
    void learn(OriginId origin, long seq, long floor) {
        if (Long.compareUnsigned(floor(origin, seq), floor) < 0) {
            line(origin).add(seq, floor);
        }
    }

    void write(RecordBuffer out) {
        out.putVarint(lines.size());
        lines.forEach((origin, line) -> {
            out.putLong(origin.high());
            out.putLong(origin.low());
            synchronized (line) {
                out.putVarint(line.last);
                out.putLong(line.last == 0 ? 0 : line.recent[(int) (line.last % RECENT)]);
                out.putVarint(line.steps.size());
                line.steps.forEach((seq, hlc) -> {
                    out.putVarint(seq);
                    out.putLong(hlc);
                });
            }
        });
    }

    void read(RecordInput in) {
        int count = in.readCount();
        for (int i = 0; i < count; i++) {
            Line line = line(new OriginId(in.readLong(), in.readLong()));
            long last = in.readVarint();
            long hlc = in.readLong();
            int steps = in.readCount();
            synchronized (line) {
                for (int j = 0; j < steps; j++) {
                    line.steps.put(in.readVarint(), in.readLong());
                }
            }
            if (last > 0) {
                line.add(last, hlc);
            }
        }
    }
}

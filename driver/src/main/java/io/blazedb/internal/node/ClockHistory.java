package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.OriginId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which clock the operations of each origin have: exactly for the last ones, at every {@value #STEP}th for older ones.
 * Clocks grow with numbers, so an older one can be bounded. Safe for use by several threads.
 */
public final class ClockHistory {
    static final int RECENT = 1 << 14;
    static final int STEP = 256;

    /** Of the last ones, so many are kept exactly while the database is closed. */
    static final int SAVED = 1 << 10;

    private final Map<OriginId, Line> lines = new ConcurrentHashMap<>();

    /** One origin's clocks. Guarded by its own monitor. */
    private static final class Line {
        private final long[] recent = new long[RECENT];
        private final TreeMap<Long, Long> steps = new TreeMap<>();
        private final Set<Long> floors = new TreeSet<>();
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

        /** The clock of that operation; 0 when it is not remembered. */
        synchronized long exact(long seq) {
            if (floors.contains(seq)) {
                return 0;
            }
            if (seq >= first && seq <= last && last > 0) {
                return recent[(int) (seq % RECENT)];
            }
            return seq > last ? 0 : steps.getOrDefault(seq, 0L);
        }

        synchronized void addFloor(long seq, long floor) {
            floors.add(seq);
            add(seq, floor);
        }

        synchronized void cut(long newLast) {
            floors.removeIf(seq -> seq > newLast);
            steps.tailMap(newLast, false).clear();
            if (newLast >= last) {
                return;
            }
            if (newLast >= first) {
                last = newLast;
                return;
            }
            Map.Entry<Long, Long> step = steps.lastEntry();
            last = step == null ? 0 : step.getKey();
            first = last;
            if (step != null) {
                recent[(int) (last % RECENT)] = step.getValue();
            }
        }

        synchronized void write(RecordBuffer out) {
            out.putVarint(last);
            long from = last == 0 ? 1 : Math.max(first, last - SAVED + 1);
            out.putVarint(last - from + 1);
            for (long seq = from; seq <= last; seq++) {
                out.putLong(recent[(int) (seq % RECENT)]);
            }
            out.putVarint(floors.size());
            floors.forEach(out::putVarint);
            out.putVarint(steps.size());
            steps.forEach((seq, hlc) -> {
                out.putVarint(seq);
                out.putLong(hlc);
            });
        }

        synchronized void read(RecordInput in) {
            long saved = in.readVarint();
            for (long seq = saved - in.readVarint() + 1; seq <= saved; seq++) {
                add(seq, in.readLong());
            }
            for (int count = in.readCount(); count > 0; count--) {
                floors.add(in.readVarint());
            }
            for (int count = in.readCount(); count > 0; count--) {
                steps.put(in.readVarint(), in.readLong());
            }
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
    void learn(OriginId origin, long seq, long floor, boolean exact) {
        if (Long.compareUnsigned(floor(origin, seq), floor) < 0) {
            if (exact) {
                line(origin).add(seq, floor);
            } else {
                line(origin).addFloor(seq, floor);
            }
        }
    }

    /** The clock of an operation; 0 when it is not remembered. */
    public long exact(OriginId origin, long seq) {
        @Nullable Line line = lines.get(origin);
        return line == null || seq <= 0 ? 0 : line.exact(seq);
    }

    /** Forgets the operations of an origin after this one: they are not those that others have. */
    void cut(OriginId origin, long seq) {
        @Nullable Line line = lines.get(origin);
        if (line != null) {
            line.cut(seq);
        }
    }

    void write(RecordBuffer out) {
        out.putVarint(lines.size());
        lines.forEach((origin, line) -> {
            out.putLong(origin.high());
            out.putLong(origin.low());
            line.write(out);
        });
    }

    void read(RecordInput in) {
        for (int count = in.readCount(); count > 0; count--) {
            line(new OriginId(in.readLong(), in.readLong())).read(in);
        }
    }
}

package io.blazedb.sync.internal.log;

import java.util.Arrays;

/**
 * The records that are appended and not yet visible, in log order. They may be published in any order; what readers
 * see is the longest prefix without a gap. Safe for several threads; allocates only to grow.
 */
final class PublicationWindow {
    private static final int FIRST_CAPACITY = 64;

    private long[] lsns = new long[FIRST_CAPACITY];
    /** The end of each record; negated once it is published. */
    private long[] ends = new long[FIRST_CAPACITY];

    private int first;
    private int count;
    private long end;
    private volatile long visibleEnd;

    PublicationWindow(long end) {
        this.end = end;
        this.visibleEnd = end;
    }

    /** The position after the last record that was appended. */
    synchronized long end() {
        return end;
    }

    long visibleEnd() {
        return visibleEnd;
    }

    synchronized void appended(long lsn, long recordEnd) {
        if (count == lsns.length) {
            grow();
        }
        int slot = slot(count++);
        lsns[slot] = lsn;
        ends[slot] = recordEnd;
        end = recordEnd;
    }

    /** Whether readers see more now. */
    synchronized boolean publish(long lsn) {
        int slot = slot(indexOf(lsn));
        ends[slot] = -Math.abs(ends[slot]);
        if (ends[first] > 0) {
            return false;
        }
        long newEnd = visibleEnd;
        while (count > 0 && ends[first] < 0) {
            newEnd = -ends[first];
            first = slot(1);
            count--;
        }
        visibleEnd = newEnd;
        return true;
    }

    private int indexOf(long lsn) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = lsns[slot(middle)];
            if (found == lsn) {
                return middle;
            }
            if (found < lsn) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new IllegalArgumentException(
                "LSN " + lsn + " is no record that waits for being published (" + count + " wait)");
    }

    private int slot(int index) {
        return (first + index) & (lsns.length - 1);
    }

    private void grow() {
        int old = lsns.length;
        long[] newLsns = Arrays.copyOf(lsns, 2 * old);
        long[] newEnds = Arrays.copyOf(ends, 2 * old);
        for (int index = 0; index < count; index++) {
            newLsns[index] = lsns[(first + index) & (old - 1)];
            newEnds[index] = ends[(first + index) & (old - 1)];
        }
        lsns = newLsns;
        ends = newEnds;
        first = 0;
    }
}

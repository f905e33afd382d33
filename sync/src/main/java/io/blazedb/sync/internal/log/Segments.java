package io.blazedb.sync.internal.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open segments in order. Reading takes no lock. Safe for several threads. */
final class Segments {
    private volatile List<Segment> all;

    Segments(List<Segment> all) {
        this.all = List.copyOf(all);
    }

    List<Segment> all() {
        return all;
    }

    synchronized void add(Segment segment) {
        List<Segment> longer = new ArrayList<>(all);
        longer.add(segment);
        all = List.copyOf(longer);
    }

    /** Takes the segments out that lie below this LSN as a whole; never the last one. */
    synchronized List<Segment> removeBelow(long lsn) {
        List<Segment> old = all;
        int count = 0;
        while (count < old.size() - 1 && old.get(count).nextBase() <= lsn) {
            count++;
        }
        all = List.copyOf(old.subList(count, old.size()));
        return old.subList(0, count);
    }

    synchronized List<Segment> removeAll() {
        List<Segment> old = all;
        all = List.of();
        return old;
    }

    /** The segment that holds this position, pinned; null if it is gone or not there yet. */
    @Nullable
    Segment pinned(long lsn) {
        List<Segment> current = all;
        int low = 0;
        int high = current.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Segment segment = current.get(middle);
            if (lsn < segment.base()) {
                high = middle - 1;
            } else if (lsn >= segment.nextBase()) {
                low = middle + 1;
            } else {
                return segment.pin() ? segment : null;
            }
        }
        return null;
    }
}

package io.blazedb.sync.internal.store;

import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.Hash;
import io.blazedb.sync.OriginId;
import java.util.Arrays;

/**
 * What is known in memory of one origin: its head, its cut, and where in the log some of its batches are. Of the others
 * each says where the one before it is, so that the heap holds {@value #MARK_BYTES} bytes for about {@value
 * #BATCHES_A_MARK} batches or {@value #BYTES_A_MARK} bytes of frames. Safe for several threads.
 */
final class OriginChain {
    static final int BATCHES_A_MARK = 32;
    static final int BYTES_A_MARK = 1 << 18;
    static final int MARK_BYTES = 3 * Long.BYTES;

    private static final long NOWHERE = 0;

    private final OriginId origin;
    private long head;
    private Hash hash = Hash.ZERO;
    private long cut;
    private long lastLsn = NOWHERE;
    /** Bytes of all frames since this chain was read or begun, cut ones included. */
    private long bytes;

    private int sinceMark = BATCHES_A_MARK;
    private int marks;
    private long[] markFrom = new long[1];
    private long[] markLsn = new long[1];
    private long[] markBytes = new long[1];

    OriginChain(OriginId origin) {
        this.origin = origin;
    }

    synchronized FrameHead head() {
        return new FrameHead(origin, head, hash, cut);
    }

    /** The LSN of the last batch; 0 if there is none in the log. */
    synchronized long lastLsn() {
        return lastLsn;
    }

    /** A batch that follows on the head stands in the log. */
    synchronized void appended(FrameBatch batch, long lsn) {
        boolean far = marks == 0 || bytes - markBytes[marks - 1] >= BYTES_A_MARK;
        if (far || sinceMark >= BATCHES_A_MARK) {
            mark(batch.from(), lsn);
        }
        sinceMark++;
        bytes += batch.size();
        head = batch.to();
        hash = batch.hash(head);
        lastLsn = lsn;
    }

    private void mark(long from, long lsn) {
        if (marks == markFrom.length) {
            int capacity = marks + (marks >> 1) + 1;
            markFrom = Arrays.copyOf(markFrom, capacity);
            markLsn = Arrays.copyOf(markLsn, capacity);
            markBytes = Arrays.copyOf(markBytes, capacity);
        }
        markFrom[marks] = from;
        markLsn[marks] = lsn;
        markBytes[marks] = bytes;
        marks++;
        sinceMark = 0;
    }

    /** The log begins in the middle of this origin. */
    synchronized void beginAfter(long seq, Hash previous) {
        head = seq;
        hash = previous;
        cut = seq;
    }

    /** Frames up to here are gone. */
    synchronized void cut(long upTo) {
        cut = Math.max(cut, upTo);
        int gone = cut == head ? marks : Math.max(0, markBefore(cut + 1));
        if (gone > 0) {
            markFrom = Arrays.copyOfRange(markFrom, gone, marks);
            markLsn = Arrays.copyOfRange(markLsn, gone, marks);
            markBytes = Arrays.copyOfRange(markBytes, gone, marks);
            marks -= gone;
        }
        if (cut == head) {
            lastLsn = NOWHERE;
            sinceMark = BATCHES_A_MARK;
        }
    }

    /** The last mark at or before this frame; -1 if there is none. */
    private int markBefore(long seq) {
        int found = Arrays.binarySearch(markFrom, 0, marks, seq);
        return found >= 0 ? found : -found - 2;
    }

    /** The LSN of the first mark after this frame, or of the last batch: from there one walks back to the frame. */
    synchronized long walkFrom(long seq) {
        int after = markBefore(seq) + 1;
        return after < marks ? markLsn[after] : lastLsn;
    }

    /** Below this LSN there is no batch that is still needed; the given one if there is none at all. */
    synchronized long neededFrom(long end) {
        return marks == 0 ? end : markLsn[0];
    }

    /** Bytes of frames that were not cut, and of those before the next mark. */
    synchronized long liveBytes() {
        return marks == 0 ? 0 : bytes - markBytes[0];
    }

    /** What its marks take of the heap. */
    synchronized long heapBytes() {
        return (long) markFrom.length * MARK_BYTES;
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.sync.internal.log.OperationLog;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A mark in a log for each time that its node was opened. When the files of a node are put back, its log goes on with
 * other records at positions that peers have read already; the marks tell up to where the two logs are one. Immutable.
 *
 * @param marks the last ones, oldest first
 */
record Timeline(List<Mark> marks) {
    private static final String TIMELINE = "node.timeline";
    private static final int MARKS_MAX = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** An opening: what the log has before this position was there then. */
    record Mark(long lsn, long name) {}

    Timeline {
        marks = List.copyOf(marks);
    }

    static Timeline of(Facts facts) {
        byte[] bytes = facts.get(TIMELINE);
        return bytes == null ? new Timeline(List.of()) : read(new RecordInput(bytes));
    }

    /**
     * The node goes on from where opening found the end of its log. Records may have come behind that already; a peer
     * that had read other ones there must not go on among them.
     */
    static void goOn(Facts facts, OperationLog log) {
        log.appendLock().lock();
        try {
            List<Mark> marks = new ArrayList<>(of(facts).marks());
            marks.add(new Mark(log.recovery().endLsn(), RANDOM.nextLong()));
            List<Mark> last = marks.subList(Math.max(0, marks.size() - MARKS_MAX), marks.size());
            RecordBuffer out = new RecordBuffer(256);
            new Timeline(last).write(out);
            facts.put(TIMELINE, out.toByteArray());
        } finally {
            log.appendLock().unlock();
        }
    }

    /**
     * Where the log with this timeline is to be read by somebody who has read up to a position when its timeline was
     * another one: not beyond where the two parted. Negative when they have nothing in common.
     */
    long resume(Timeline then, long position) {
        for (int i = then.marks.size() - 1; i >= 0; i--) {
            int here = marks.indexOf(then.marks.get(i));
            if (here >= 0) {
                return here == marks.size() - 1
                        ? position
                        : Math.min(position, marks.get(here + 1).lsn());
            }
        }
        return -1;
    }

    static Timeline read(RecordInput in) {
        List<Mark> marks = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            marks.add(new Mark(in.readLong(), in.readLong()));
        }
        return new Timeline(marks);
    }

    void write(RecordBuffer out) {
        out.putVarint(marks.size());
        for (Mark mark : marks) {
            out.putLong(mark.lsn());
            out.putLong(mark.name());
        }
    }
}

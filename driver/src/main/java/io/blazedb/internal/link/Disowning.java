package io.blazedb.internal.link;

import io.blazedb.internal.apply.VoidRow;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.message.DbException;

/**
 * Has a node let go of operations that their author has written again under another origin: what they added to counters
 * goes out of these, and their numbers are free for the operations that others know by them. What they wrote to other
 * columns stays until the author's new operations come, which replace it.
 *
 * <p>Taking back what was taken back already does nothing, so a crash in between is made good by the next meeting. For
 * one thread.
 */
final class Disowning {
    private static final long WAIT_MILLIS_MAX = 2_000;
    private static final long RETRY_MILLIS = 5;
    private static final System.Logger LOGGER = System.getLogger("io.blazedb");

    private final LinkedNode node;
    private final Disowned.Line line;

    Disowning(LinkedNode node, Disowned.Line line) {
        this.node = node;
        this.line = line;
    }

    /** @throws DbException when rows are locked for too long; to be tried again */
    void run() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS_MAX);
        while (!hasRun(end)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
        LOGGER.log(
                System.Logger.Level.WARNING,
                "The author of the origin {0} has written what it wrote after number {1} again under another origin,"
                        + " since its files had been put back. See BLAZE.PARKED.",
                line.origin(),
                Long.toString(line.last()));
    }

    /** Nothing of the origin is applied between the two steps. */
    private boolean hasRun(long end) {
        try {
            node.applier().undisturbed(() -> {
                List<VoidRow> rows = new VoidOperations(node, line.origin(), line.last()).rows();
                if (!rows.isEmpty()) {
                    node.applier().takeBack(rows);
                }
                letGo();
            });
            return true;
        } catch (DbException e) {
            if (!Blocked.is(e) || System.nanoTime() > end) {
                throw e;
            }
            return false;
        }
    }

    private void letGo() {
        node.log().appendLock().lock();
        try {
            node.disowned()
                    .add(
                            line.origin(),
                            line.last(),
                            line.firstClock(),
                            node.log().endLsn());
            node.state().lower(line.origin(), line.last());
            Contained.lower(node.facts(), node.state(), line.origin(), line.last());
        } finally {
            node.log().appendLock().unlock();
        }
    }
}

package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the log durable, once for all who wait. The first caller forces everything that is appended by then; who comes
 * meanwhile waits for it and is mostly served by the next force together. Safe for several threads.
 */
final class GroupForce {
    /** The most that an append waits for {@link #forceSoon}'s force. */
    static final long FORCE_DELAY_MILLIS_MAX = 20;

    private static final long FORCE_DELAY_MILLIS = FORCE_DELAY_MILLIS_MAX / 2;
    /** How far behind the durable mark on the disk may be. Forcing it each time would cost a third of the forces. */
    private static final long MARK_DELAY_NANOS_MAX = 50_000_000;

    /** The most that a force waits for further committers; never more than half of what a force takes. */
    private static final long GATHER_NANOS_MAX = 100_000;

    private final Segments segments;
    private final PublicationWindow window;
    private final LogThread thread;
    private final LogHealth health;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private final Condition gathered = lock.newCondition();
    private int waiting;
    private int expected;
    private long lastForceNanos;
    private boolean forcing;
    private long forces;
    private long markForcedAt = System.nanoTime() - MARK_DELAY_NANOS_MAX;
    private volatile long durableEnd;
    private volatile boolean soon;

    GroupForce(Segments segments, PublicationWindow window, LogThread thread, LogHealth health, long durableEnd) {
        this.segments = segments;
        this.window = window;
        this.thread = thread;
        this.health = health;
        this.durableEnd = durableEnd;
    }

    long durableEnd() {
        return durableEnd;
    }

    long forces() {
        lock.lock();
        try {
            return forces;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the record at this position is durable. */
    void force(long lsn) {
        if (durableEnd > lsn) {
            return;
        }
        if (window.end() <= lsn) {
            throw new IllegalArgumentException("LSN " + lsn + " is not in the log, which ends at " + window.end());
        }
        lock.lock();
        waiting++;
        try {
            if (waiting == expected) {
                gathered.signal();
            }
            while (durableEnd <= lsn) {
                health.requireUsable();
                if (forcing) {
                    forced.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Has a thread of the log's own force what is appended, at most {@link #FORCE_DELAY_MILLIS_MAX} from now. */
    void forceSoon() {
        if (!soon) {
            soon = true;
            thread.startLater(this::forceNow, FORCE_DELAY_MILLIS);
        }
    }

    private void forceNow() {
        soon = false;
        if (health.isUsable() && window.end() > durableEnd) {
            force(window.end() - 1);
        }
    }

    /** Gives the lock up during the force. */
    private void lead() {
        forcing = true;
        gather();
        lock.unlock();
        long start = System.nanoTime();
        long end = durableEnd;
        try {
            end = forceAppended();
        } catch (IOException | InternalError e) {
            throw health.fail(e);
        } finally {
            long nanos = System.nanoTime() - start;
            lock.lock();
            lastForceNanos = nanos;
            expected = waiting;
            forcing = false;
            forces++;
            durableEnd = end;
            forced.signalAll();
        }
    }

    /**
     * Who was served by the last force is likely to be back in a moment: waiting that long lets all share this one.
     * Otherwise the committers fall into two halves that wait for each other's force.
     */
    private void gather() {
        long left = Math.min(GATHER_NANOS_MAX, lastForceNanos / 2);
        try {
            while (waiting < expected && left > 0) {
                left = gathered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long forceAppended() throws IOException {
        long end = window.end();
        long now = System.nanoTime();
        boolean withMark = now - markForcedAt >= MARK_DELAY_NANOS_MAX;
        for (Segment segment : segments.all()) {
            if (segment.nextBase() > durableEnd && segment.base() < end) {
                int from = withMark ? 0 : (int) Math.max(0, durableEnd - segment.base());
                force(segment, from, (int) Math.min(end - segment.base(), segment.end()));
            }
        }
        markForcedAt = withMark ? now : markForcedAt;
        return end;
    }

    private void force(Segment segment, int from, int to) throws IOException {
        if (!segment.pin()) {
            throw new IllegalStateException(segment.name() + " was closed during a force");
        }
        try {
            segment.settle(thread);
            segment.force(from, to);
            SegmentLayout.writeMark(segment.buffer(), new SegmentLayout.Mark(to, false));
        } finally {
            segment.unpin();
        }
    }
}

package io.blazedb.internal.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps checkpoints and write transactions apart. A transaction that writes is inside from its first write to its end,
 * together with any number of others; a checkpoint is inside alone.
 *
 * <p>Safe for use by several threads. A transaction may end in another thread than it began.
 */
public final class Gate {
    /** A checkpoint gives up after this time, so no writer waits longer for it to begin. */
    public static final int WAIT_MILLIS_MAX = 10;

    private final StampedLock lock = new StampedLock();
    private final ThreadLocal<AtomicInteger> insideByThread = ThreadLocal.withInitial(AtomicInteger::new);

    /**
     * A place at the gate for one transaction after another: of one session. Threads may share the session; it enters
     * and leaves once.
     */
    public final class Place {
        private long stamp;
        private @Nullable AtomicInteger countOfThread;
        private volatile long sinceNanos;
        private boolean late;

        /**
         * Enters, if not inside yet. Waits for a checkpoint, unless the thread is inside already with another session:
         * then no checkpoint can be inside, and waiting behind one that waits for this thread would help nobody.
         */
        public synchronized void enter() {
            if (stamp != 0) {
                return;
            }
            late = false;
            AtomicInteger count = insideByThread.get();
            stamp = count.get() > 0 ? lock.tryReadLock() : 0;
            if (stamp == 0) {
                stamp = lock.readLock();
            }
            count.incrementAndGet();
            countOfThread = count;
            sinceNanos = System.nanoTime();
        }

        /** Enters unless a checkpoint is inside for longer than the given time. */
        synchronized void enterWithin(int waitMillis) {
            if (stamp != 0) {
                return;
            }
            try {
                stamp = lock.tryReadLock(waitMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stamp = lock.tryReadLock();
            }
            late = true;
            if (stamp != 0) {
                countOfThread = insideByThread.get();
                countOfThread.incrementAndGet();
                sinceNanos = System.nanoTime();
            }
        }

        public synchronized void leave() {
            if (stamp != 0 && countOfThread != null) {
                countOfThread.decrementAndGet();
                countOfThread = null;
                lock.unlockRead(stamp);
                stamp = 0;
            }
        }

        public boolean isInside() {
            return stamp != 0;
        }

        /** The transaction came in with its first change, so that its statement may have read before. */
        boolean isLate() {
            return late;
        }

        /** When the transaction came in, as {@link System#nanoTime}. */
        public long sinceNanos() {
            return sinceNanos;
        }
    }

    /**
     * Enters alone, for a checkpoint.
     *
     * @return a stamp for {@link #leaveAlone}, or 0 when write transactions were open all the time
     */
    public long tryEnterAlone(long waitMillis) throws InterruptedException {
        return lock.tryWriteLock(waitMillis, TimeUnit.MILLISECONDS);
    }

    public void leaveAlone(long stamp) {
        lock.unlockWrite(stamp);
    }

    /** How many write transactions are inside. */
    public int inside() {
        return lock.getReadLockCount();
    }
}

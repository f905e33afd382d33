package io.blazedb.internal.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps checkpoints, write transactions, and definitions that replace tables apart. A transaction that writes is inside
 * from its first write to its end, together with any number of others; a checkpoint is inside alone; a thread that
 * shuts the others out is inside with its own transactions only.
 *
 * <p>H2 commits several times while ALTER TABLE copies a table, and each commit lets go of the table's lock: what
 * others write to the old table then is lost with it. So nobody else may be writing.
 *
 * <p>Safe for use by several threads. A transaction may end in another thread than it began.
 */
public final class Gate {
    /** A checkpoint gives up after this time, so no writer waits longer for it to begin. */
    public static final int WAIT_MILLIS_MAX = 10;

    /** Who waits for the others to end lets new ones in so much longer than it kept them out. */
    private static final int PAUSE_FACTOR = 4;

    private final StampedLock lock = new StampedLock();
    private final ThreadLocal<AtomicInteger> insideByThread = ThreadLocal.withInitial(AtomicInteger::new);
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicInteger waitingForTurn = new AtomicInteger();
    private final ReentrantLock door = new ReentrantLock();
    private final Condition moved = door.newCondition();
    private volatile @Nullable Thread alone;

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
         * Enters, if not inside yet. Waits for a checkpoint, and for a thread that shuts the others out, unless this
         * thread is inside already with another session: then nobody can be inside alone, and waiting behind one that
         * waits for this thread would help nobody.
         */
        public synchronized void enter() {
            if (stamp != 0) {
                return;
            }
            late = false;
            AtomicInteger count = insideByThread.get();
            stamp = count.get() > 0 ? lock.tryReadLock() : 0;
            if (stamp == 0) {
                stamp = count.get() > 0 ? lock.readLock() : readLockWhenOpen();
            }
            count.incrementAndGet();
            countOfThread = count;
            sinceNanos = System.nanoTime();
        }

        /** Enters unless somebody is inside alone for longer than the given time. */
        synchronized void enterWithin(int waitMillis) {
            if (stamp != 0) {
                return;
            }
            try {
                stamp = tryReadLockWhenOpen(waitMillis);
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
                leaveShared(stamp);
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

        /** How many places this thread has, with this one whichever thread entered it. */
        private int own() {
            AtomicInteger count = insideByThread.get();
            boolean elsewhere = stamp != 0 && !count.equals(countOfThread);
            return count.get() + (elsewhere ? 1 : 0);
        }

        /**
         * Waits for the definition that is under way: of two at once H2 would have one look at a table that is gone.
         * Write transactions go on. A thread may take its turn several times, and gives it back as often.
         */
        public void takeTurn() {
            int own = own();
            waitingForTurn.addAndGet(own); // they write nothing now: whose turn it is need not wait for them
            try {
                turn.lock();
            } finally {
                waitingForTurn.addAndGet(-own);
            }
        }

        /** Gives the turn back, and lets the others in; does nothing in a thread that has not taken it. */
        public void endTurn() {
            if (turn.isHeldByCurrentThread()) {
                if (turn.getHoldCount() == 1) {
                    open();
                }
                turn.unlock();
            }
        }

        /** Lets the others in while the turn goes on. */
        public void letIn() {
            if (turn.isHeldByCurrentThread()) {
                open();
            }
        }

        /**
         * Keeps all write transactions out but those of this thread, from when the last of them has ended until
         * {@link #endTurn}. New ones wait meanwhile, but not all of the waiting time: now and then they are let in, so
         * that one long transaction does not stop all others. Only in a turn of this thread.
         *
         * @return false when others were inside all the time; then they are not kept out
         */
        public boolean shutWithin(long waitMillis) {
            if (!turn.isHeldByCurrentThread()) {
                throw new IllegalStateException("shut without a turn (expected: takeTurn before)");
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
            int own = own();
            for (long millis = WAIT_MILLIS_MAX; !tryShut(own, millis); millis *= 2) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !paused(Math.min(PAUSE_FACTOR * millis, left - 2 * millis))) {
                    return false;
                }
            }
            return true;
        }

        /** When the transaction came in, as {@link System#nanoTime}. */
        public long sinceNanos() {
            return sinceNanos;
        }
    }

    private boolean isShut() {
        Thread owner = alone;
        return owner != null && !owner.equals(Thread.currentThread());
    }

    /** Who has got in sees a door that was shut before it was counted, or is counted by who shuts it after that. */
    private long readLockWhenOpen() {
        while (true) {
            long stamp = lock.readLock();
            if (!isShut()) {
                return stamp;
            }
            leaveShared(stamp);
            awaitOpen();
        }
    }

    private void awaitOpen() {
        door.lock();
        try {
            while (isShut()) {
                moved.awaitUninterruptibly();
            }
        } finally {
            door.unlock();
        }
    }

    private long tryReadLockWhenOpen(int waitMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (true) {
            long stamp = lock.tryReadLock(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (stamp == 0 || !isShut() || insideByThread.get().get() > 0) {
                return stamp;
            }
            leaveShared(stamp);
            if (!awaitUntil(() -> !isShut(), end)) {
                return lock.tryReadLock(); // it writes anyway: at least no checkpoint may come in between
            }
        }
    }

    private void leaveShared(long stamp) {
        lock.unlockRead(stamp);
        if (alone != null) {
            signal();
        }
    }

    private void signal() {
        door.lock();
        try {
            moved.signalAll();
        } finally {
            door.unlock();
        }
    }

    private boolean awaitUntil(BooleanSupplier condition, long endNanos) throws InterruptedException {
        door.lock();
        try {
            while (!condition.getAsBoolean()) {
                long left = endNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                moved.awaitNanos(left);
            }
            return true;
        } finally {
            door.unlock();
        }
    }

    private boolean tryShut(int own, long waitMillis) {
        alone = Thread.currentThread();
        boolean empty = false;
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
            empty = awaitUntil(() -> lock.getReadLockCount() - waitingForTurn.get() <= own, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!empty) {
                open();
            }
        }
        return empty;
    }

    /** Lets the others in for a while. Answers whether this thread is to go on: it was not interrupted. */
    private boolean paused(long millis) {
        try {
            awaitUntil(() -> false, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !Thread.currentThread().isInterrupted();
    }

    private void open() {
        if (alone != null) {
            alone = null;
            signal();
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

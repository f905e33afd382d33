package io.blazedb.internal.link;

import io.blazedb.internal.node.LinkStatus.State;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.sync.ChangeSet;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How far a link is and how it is doing. Written by its thread, read and waited for by others. */
final class LinkProgress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.CONNECTING;
    private Instant since = Instant.now();
    private @Nullable String error;
    private @Nullable ParkedStatus parked;
    private long blockedSinceNanos;
    private volatile long position;
    private volatile long operations;
    private volatile long rows;

    long position() {
        return position;
    }

    /** Everything in the source's log before this position has been taken over. */
    void position(long newPosition) {
        position = newPosition;
        signal();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the link's thread only
    void delivered(long newOperations, long newRows) {
        operations += newOperations;
        rows += newRows;
    }

    long operations() {
        return operations;
    }

    long rows() {
        return rows;
    }

    void connected() {
        lock.lock();
        try {
            blockedSinceNanos = 0;
            if (state != State.CONNECTED || error != null) {
                error = null;
                enter(State.CONNECTED);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * An attempt failed.
     *
     * @param blocked by another transaction, which is nothing to show before it has lasted for a while
     */
    void failed(boolean blocked, String message, long shownAfterMillis) {
        lock.lock();
        try {
            if (!blocked) {
                error = message;
                enter(State.FAILED);
                return;
            }
            long now = System.nanoTime();
            blockedSinceNanos = blockedSinceNanos == 0 ? now : blockedSinceNanos;
            if (now - blockedSinceNanos > TimeUnit.MILLISECONDS.toNanos(shownAfterMillis)) {
                error = message;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing can be said to the other side. */
    void offline(String message) {
        lock.lock();
        try {
            error = message;
            enter(State.OFFLINE);
        } finally {
            lock.unlock();
        }
    }

    private void enter(State newState) {
        if (state != newState) {
            state = newState;
            since = Instant.now();
        }
        changed.signalAll();
    }

    void parked(ChangeSet changeSet, String waitsFor) {
        lock.lock();
        try {
            if (parked == null || parked.seq() != changeSet.seq()) {
                String reason = waitsFor.startsWith("the time") ? "CLOCK" : "DEPENDENCY";
                parked = new ParkedStatus(
                        changeSet.origin().toString(), changeSet.seq(), reason, waitsFor, Instant.now());
            }
        } finally {
            lock.unlock();
        }
    }

    void unparked() {
        lock.lock();
        try {
            parked = null;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ParkedStatus parked() {
        lock.lock();
        try {
            return parked;
        } finally {
            lock.unlock();
        }
    }

    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    Instant since() {
        lock.lock();
        try {
            return since;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    String error() {
        lock.lock();
        try {
            return error;
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time, or less when told to stop. */
    void awaitStop(long millis, BooleanSupplier stopped) throws InterruptedException {
        await(millis, stopped);
    }

    /** Waits until a condition on the progress holds, or the time is up. */
    boolean await(long millis, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody who waits, to look again. */
    void wake() {
        signal();
    }
}

package io.blazedb.sync.internal.log;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets readers wait until a position grows. A reader spins for a moment, then parks; who moves the position pays one
 * volatile read as long as nobody is parked. Safe for several threads.
 */
final class ParkedReaders {
    /** About what parking and unparking costs; longer would only burn a core. */
    private static final long SPIN_NANOS_MAX = Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;

    private final LongSupplier position;
    /** The position that each of them waits to be passed. */
    private final Map<Thread, Long> parked = new HashMap<>();

    private volatile int parkedCount;

    ParkedReaders(LongSupplier position) {
        this.position = position;
    }

    /**
     * Returns when the position is beyond this one, the time is up, or {@link #wakeAll} was called.
     *
     * @param enough what need not be waited for: who makes it true calls {@link #wakeAll} after that
     */
    void await(long beyond, long timeoutNanos, BooleanSupplier enough) throws InterruptedException {
        long start = System.nanoTime();
        long spinNanos = Math.min(SPIN_NANOS_MAX, timeoutNanos);
        while (position.getAsLong() <= beyond && System.nanoTime() - start < spinNanos) {
            Thread.onSpinWait();
        }
        if (position.getAsLong() <= beyond && timeoutNanos > spinNanos) {
            park(beyond, start, timeoutNanos, enough);
        }
    }

    /** To be called after the position moved. */
    void wake() {
        if (parkedCount > 0) {
            unpark(position.getAsLong());
        }
    }

    void wakeAll() {
        unpark(Long.MAX_VALUE);
    }

    private void park(long beyond, long start, long timeoutNanos, BooleanSupplier enough) throws InterruptedException {
        enter(beyond);
        try {
            while (position.getAsLong() <= beyond && isParked() && !enough.getAsBoolean()) {
                long left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted while waiting for the log to grow");
                }
            }
        } finally {
            leave();
        }
    }

    private synchronized void enter(long beyond) {
        parked.put(Thread.currentThread(), beyond);
        parkedCount = parked.size();
    }

    private synchronized boolean isParked() {
        return parked.containsKey(Thread.currentThread());
    }

    private synchronized void leave() {
        parked.remove(Thread.currentThread());
        parkedCount = parked.size();
    }

    private synchronized void unpark(long end) {
        Iterator<Map.Entry<Thread, Long>> readers = parked.entrySet().iterator();
        while (readers.hasNext()) {
            Map.Entry<Thread, Long> reader = readers.next();
            if (reader.getValue() < end) {
                LockSupport.unpark(reader.getKey());
                readers.remove();
            }
        }
        parkedCount = parked.size();
    }
}

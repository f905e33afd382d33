package io.blazedb.sync.internal.channel;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about; the time is what a broken test may take, not what a good one does. */
final class Await {
    static final long SECONDS_MAX = 20;
    private static final long LOOK_AGAIN_NANOS = 200_000;

    private Await() {}

    static void until(String condition, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + SECONDS_MAX + " s: " + condition);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Not within " + SECONDS_MAX + " s: " + what);
        }
        return next;
    }
}

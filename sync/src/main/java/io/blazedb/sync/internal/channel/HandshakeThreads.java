package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.Timer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The threads of a server's handshakes: a limited number for work that a network thread must not do, with a limited
 * queue, and one that watches the time. Any thread may call it.
 */
final class HandshakeThreads implements Timer, AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final int closeMillisMax;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;
    private final LongSupplier nowMillis;

    /** @param nowMillis a time that never goes back */
    HandshakeThreads(NetLimits limits, LongSupplier nowMillis) {
        this.nowMillis = nowMillis;
        closeMillisMax = limits.of(NetLimit.CLOSE_MILLIS_MAX);
        int threads = limits.of(NetLimit.HANDSHAKE_THREADS_MAX);
        workers = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.of(NetLimit.HANDSHAKE_QUEUE_MAX)),
                named("blazedb-handshake"));
        workers.allowCoreThreadTimeOut(true);
        clock = new ScheduledThreadPoolExecutor(1, named("blazedb-handshake-clock"));
        clock.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** False if there is too much to do already. */
    boolean start(Runnable work) {
        try {
            workers.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public long nowMillis() {
        return nowMillis.getAsLong();
    }

    @Override
    public Cancellable schedule(long delayMillis, Runnable task) {
        try {
            ScheduledFuture<?> scheduled = clock.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {}; // The server is closed, and its connections with it.
        }
    }

    /** Drops what waits, and waits for what is at work: it may be with the owner, and is never interrupted there. */
    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdown();
        workers.getQueue().clear();
        try {
            var unused = workers.awaitTermination(closeMillisMax, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

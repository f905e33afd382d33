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

/**
 * The threads of a server's handshakes: a limited number for work that a network thread must not do, with a limited
 * queue, and one that watches the time. Any thread may call it.
 */
final class HandshakeThreads implements Timer, AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;

    HandshakeThreads(NetLimits limits) {
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
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
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

    @Override
    public void close() {
        workers.shutdown();
        clock.shutdownNow();
    }
}

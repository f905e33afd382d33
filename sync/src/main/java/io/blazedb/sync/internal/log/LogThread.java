package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The log's own threads: file channels live here, because an interrupt of the calling thread would close them. Two
 * threads, so that filling the next segment does not hold up a force. They start when needed and end when idle. Who
 * keeps files of its own in a {@link LogDirectory} needs one too.
 */
public final class LogThread implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS_MAX = 1;

    private final ScheduledThreadPoolExecutor executor;

    /** A thread that nobody outside knows, so nobody interrupts it. */
    private static final class Worker extends Thread {
        Worker(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }

    public LogThread(String name) {
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> new Worker(task, name));
        executor.setKeepAliveTime(IDLE_SECONDS_MAX, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    <T> Future<T> start(Callable<T> task) {
        return executor.submit(task);
    }

    /** Runs the task on such a thread, and waits for it without regard to interrupts. */
    public <T> T call(Callable<T> task) throws IOException {
        return result(start(task));
    }

    /** Has this task run, unless it has, and waits for it: here if this is a thread of a log, else on one. */
    void finish(FutureTask<?> task) throws IOException {
        if (Thread.currentThread() instanceof Worker) {
            task.run();
        } else if (!task.isDone()) {
            executor.execute(task);
        }
        result(task);
    }

    void startLater(Runnable task, long delayMillis) {
        var unused = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Waits without regard to interrupts, and keeps them for the caller. */
    static <T> T result(Future<T> future) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw asIs(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets started work end; forgets what was to start later. */
    @Override
    public void close() {
        executor.shutdown();
    }

    private static IOException asIs(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException exception ? exception : new IOException(cause);
    }
}

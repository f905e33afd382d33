package io.blazedb.internal.link;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.message.DbException;

/** The thread that puts rows into their places after local commits made room or changed a table. Starts when needed. */
final class Projector {
    private static final long RETRY_MILLIS = 20;
    private static final long RETRY_MILLIS_MAX = 2_000;

    private final Runnable work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private boolean isWanted;
    private boolean stopped;
    private boolean started;

    /** @param work throws {@link DbException} when another transaction is in the way: then it is tried again */
    Projector(Runnable work) {
        this.work = work;
    }

    void soon() {
        lock.lock();
        try {
            isWanted = true;
            if (!started && !stopped) {
                started = true;
                Thread thread = new Thread(this::run, "blazedb-project");
                thread.setDaemon(true);
                thread.start();
            }
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long retryMillis = RETRY_MILLIS;
        while (take()) {
            try {
                work.run();
                retryMillis = RETRY_MILLIS;
            } catch (DbException blocked) {
                again();
                pause(retryMillis);
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            }
        }
    }

    private boolean take() {
        lock.lock();
        try {
            while (!isWanted && !stopped) {
                wanted.awaitUninterruptibly();
            }
            isWanted = false;
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private void again() {
        lock.lock();
        try {
            isWanted = true;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // run() is the loop
    private void pause(long millis) {
        lock.lock();
        try {
            if (!stopped) {
                wanted.awaitNanos(millis * 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}

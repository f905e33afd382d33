package io.blazedb.internal.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The thread that opens the databases at the other ends, again and again until all are open. Starts when needed. */
final class Dialer {
    private static final long RETRY_MILLIS = 1_000;

    private final BooleanSupplier round;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wanted;
    private boolean running;
    private boolean stopped;
    private long rounds;

    /** @param round tries once, and answers whether nothing is left to be tried */
    Dialer(BooleanSupplier round) {
        this.round = round;
    }

    /** Tries at once, and then again until nothing is left. */
    void dial() {
        lock.lock();
        try {
            wanted = true;
            changed.signalAll();
            if (!running && !stopped) {
                running = true;
                Thread thread = new Thread(this::run, "blazedb-dial");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a round has ended, or the time is up. */
    void awaitRound(long millis) throws InterruptedException {
        lock.lock();
        try {
            long seen = rounds;
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (rounds == seen && left > 0 && !stopped) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean again = true;
        while (again) {
            begin();
            boolean done = round.getAsBoolean();
            again = awaitNext(done);
        }
    }

    /** What is asked for from here on is asked of the next round. */
    private void begin() {
        lock.lock();
        try {
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the round. Answers whether there is another one. */
    private boolean awaitNext(boolean done) {
        lock.lock();
        try {
            rounds++;
            changed.signalAll();
            long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
            while (!done && !wanted && !stopped && left > 0) {
                left = changed.awaitNanos(left);
            }
            running = !stopped && (!done || wanted);
            return running;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
            return false;
        } finally {
            lock.unlock();
        }
    }
}

package io.blazedb.sync.internal.net;

/** The time that waiting code knows: the real one, or one that a test moves. */
public interface Timer {
    /** Milliseconds since some moment; never goes back. */
    long nowMillis();

    /** Runs a task once, after the delay and on a thread of the timer's. */
    Cancellable schedule(long delayMillis, Runnable task);

    /** Something to come that can be called off. */
    @FunctionalInterface
    interface Cancellable {
        /** Does nothing if it is too late. */
        void cancel();
    }
}

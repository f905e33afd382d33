package io.blazedb.sync.internal.environment;

/** Calls a node back. Calls of one scheduler never overlap, so what runs on it needs no locks. */
@FunctionalInterface
public interface Scheduler {
    /** Runs the task once, no sooner than after that time. */
    void after(long millis, Runnable task);
}

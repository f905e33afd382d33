package io.blazedb.sync.internal.environment;

/** Two clocks. Safe for several threads. */
public interface WorldClock {
    /** Milliseconds since 1970, as this machine believes; may jump in both directions. */
    long wallMillis();

    /** Runs evenly and never goes back; only differences mean something. */
    long monotonicNanos();
}

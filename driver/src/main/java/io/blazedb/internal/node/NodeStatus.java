package io.blazedb.internal.node;

/**
 * How a database is doing as a whole.
 *
 * @param logFirst first position in the log
 * @param logLast position after the last record
 * @param checkpoint position that H2's file was last saved at
 * @param oldestWriteSeconds how long the oldest open write transaction has been open; 0 when there is none
 */
public record NodeStatus(
        long logFirst, long logLast, long checkpoint, long oldestWriteSeconds, long pending, long parked) {}

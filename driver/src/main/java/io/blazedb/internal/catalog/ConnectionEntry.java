package io.blazedb.internal.catalog;

/**
 * A connection between two nodes of a topology, as {@code CONNECT source TO target} made it.
 *
 * @param intervalSeconds between two anti-entropy rounds
 * @param maxBacklog operations that may wait at the sender before its writers wait; 0: the default
 * @param derived made by the topology's pattern, so a change of pattern may take it away
 */
public record ConnectionEntry(
        String topology,
        String source,
        String target,
        SyncMode mode,
        int intervalSeconds,
        long maxBacklog,
        boolean paused,
        boolean derived) {}

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
        boolean derived) {
    public static final int INTERVAL_SECONDS_DEFAULT = 5;

    public boolean touches(String node) {
        return Names.same(source, node) || Names.same(target, node);
    }

    /** Whether it is between these two nodes, whichever of them connected. */
    public boolean joins(String first, String second) {
        return Names.samePair(source, target, first, second);
    }

    /** The other end. */
    public String peerOf(String node) {
        return Names.same(source, node) ? target : source;
    }

    /** Whether operations flow between the same nodes in the same directions. */
    public boolean flowsLike(ConnectionEntry other) {
        if (!joins(other.source, other.target)) {
            return false;
        }
        boolean oneWay = mode != SyncMode.BIDIRECTIONAL && other.mode != SyncMode.BIDIRECTIONAL;
        boolean sameMode = mode == other.mode;
        return oneWay ? sameMode == Names.same(source, other.source) : sameMode;
    }

    /** Whether what one of its nodes writes goes to the other one. */
    public boolean letsOut(String node) {
        return mode == SyncMode.BIDIRECTIONAL || (mode == SyncMode.READ_ONLY) == Names.same(source, node);
    }

    ConnectionEntry withPaused(boolean newPaused) {
        return new ConnectionEntry(topology, source, target, mode, intervalSeconds, maxBacklog, newPaused, derived);
    }

    ConnectionEntry between(String newTopology, String newSource, String newTarget) {
        return new ConnectionEntry(
                newTopology, newSource, newTarget, mode, intervalSeconds, maxBacklog, paused, derived);
    }
}

package io.blazedb.internal.node;

import java.time.Instant;
import java.util.Optional;

/**
 * How one connection is doing, seen from this database.
 *
 * @param pending operations of both directions that are not applied yet
 * @param lagMillis age of the oldest operation that is not applied yet; 0 when there is none
 * @param since when the state was entered
 * @param divergenceRepaired rows that were different though both nodes had seen the same: a fault, whenever not 0
 */
public record LinkStatus(
        String topology,
        String source,
        String target,
        State state,
        long pending,
        long sent,
        long received,
        long sentBytes,
        long receivedBytes,
        long lagMillis,
        Optional<String> lastError,
        Instant since,
        long divergenceRepaired) {
    /** What a link is doing. */
    public enum State {
        CONNECTED,
        CONNECTING,
        OFFLINE,
        PAUSED,
        FAILED
    }
}

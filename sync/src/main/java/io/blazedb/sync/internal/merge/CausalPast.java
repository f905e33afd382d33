package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Stamp;

/** What the authors of transactions had seen. */
@FunctionalInterface
public interface CausalPast {
    /**
     * Whether the author of {@code winner} had seen {@code loser}: then one value replaced another, otherwise the two
     * are in conflict. Asked only for transactions of different origins.
     */
    boolean covers(Stamp winner, Stamp loser);
}

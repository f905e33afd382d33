package io.blazedb.internal.link;

import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import java.util.HashMap;
import java.util.Map;

/**
 * What a node has seen: a vector, and for each origin in it the clock of its last operation, so that it can be told of
 * any stamp whether it is in there. Immutable.
 */
record Horizon(VersionVector vector, Map<OriginId, Clock> clocks) {
    /** @param exact whether the operation has this clock, and not a later one */
    record Clock(long clock, boolean exact) {}

    Horizon {
        clocks = Map.copyOf(clocks);
    }

    static Horizon of(NodeState node) {
        VersionVector vector = node.vector();
        Map<OriginId, Clock> clocks = new HashMap<>();
        for (Dependency entry : vector.entries()) {
            long exact = node.history().exact(entry.origin(), entry.seq()); // first: it may become known meanwhile
            long clock = exact != 0 ? exact : node.history().floor(entry.origin(), entry.seq());
            clocks.put(entry.origin(), new Clock(clock, exact != 0));
        }
        return new Horizon(vector, clocks);
    }

    /** Whether the transaction with this stamp is in it. Never says so wrongly. */
    boolean covers(Stamp stamp) {
        Clock clock = clocks.get(stamp.origin());
        return clock != null && Long.compareUnsigned(clock.clock(), stamp.hlc()) >= 0;
    }

    /** The clock of the last operation of an origin; 0 when it is not known exactly. */
    long exact(OriginId origin) {
        Clock clock = clocks.get(origin);
        return clock == null || !clock.exact() ? 0 : clock.clock();
    }

    /**
     * Has a node know, together with a copy of rows, how far the clocks of the origins in it are: without them it would
     * not be known there which writes the rows contain, and its own clock could be behind its own rows.
     */
    void teach(NodeState node) {
        for (Dependency entry : vector.entries()) {
            Clock clock = clocks.get(entry.origin());
            if (clock != null) {
                node.learnClock(entry.origin(), entry.seq(), clock.clock(), clock.exact());
            }
        }
    }
}

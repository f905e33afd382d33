package io.blazedb.internal.link;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.List;

/**
 * How far a node is, at one moment.
 *
 * @param origin what it writes under
 * @param ownOrigins all that it has written under
 * @param vector what it has applied
 * @param first the first position of its log that can have an operation
 * @param end of its log
 */
record Standing(
        OriginId origin, List<OriginId> ownOrigins, VersionVector vector, long first, long end, Timeline timeline) {
    static Standing of(LinkedNode node) {
        return new Standing(
                node.state().origin(),
                List.copyOf(node.state().ownOrigins()),
                node.state().vector(),
                node.firstOperation(),
                node.log().endLsn(),
                Timeline.of(node.facts()));
    }
}

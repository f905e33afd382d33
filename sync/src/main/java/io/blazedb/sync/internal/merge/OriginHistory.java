package io.blazedb.sync.internal.merge;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;

/** What is known about the streams of all origins, from their own records. */
public interface OriginHistory {
    /** The role of that origin; {@link Role#CLIENT} when it is not a member. */
    Role role(OriginId origin);

    /** The clock reading of that transaction, which this node has. */
    long hlc(OriginId origin, long seq);
}

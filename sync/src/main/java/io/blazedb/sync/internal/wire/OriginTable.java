package io.blazedb.sync.internal.wire;

import io.blazedb.sync.OriginId;

/** Small numbers for the origins that one database knows, given once and kept for ever. */
public interface OriginTable {
    /** The number of that origin, given now if it has none; from 0 upwards without gaps. */
    int indexOf(OriginId origin);

    /** The origin with that number. */
    OriginId originAt(int index);

    /** How many numbers have been given. */
    int size();
}

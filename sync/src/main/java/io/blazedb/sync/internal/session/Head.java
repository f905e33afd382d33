package io.blazedb.sync.internal.session;

import io.blazedb.sync.OriginId;

/**
 * One operation of an origin, and which one: two operations with one number, after a disk was put back, have different
 * marks.
 *
 * @param seq number of the operation, from 1
 * @param mark see {@link Marks}
 */
public record Head(OriginId origin, long seq, long mark) {
    public Head {
        if (seq < 1) {
            throw new IllegalArgumentException("head " + seq + " of " + origin + " (expected: >= 1)");
        }
    }
}

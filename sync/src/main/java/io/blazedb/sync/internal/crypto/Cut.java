package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.OriginId;

/**
 * Where an origin ends: nothing after that number is valid, for anybody.
 *
 * @param finalSeq the last number that counts; 0 when nothing does
 */
public record Cut(OriginId origin, long finalSeq) {
    public Cut {
        if (finalSeq < 0) {
            throw new IllegalArgumentException("cut at " + finalSeq + " (expected: >= 0)");
        }
    }
}

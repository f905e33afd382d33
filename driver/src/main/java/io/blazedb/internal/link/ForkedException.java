package io.blazedb.internal.link;

import io.blazedb.sync.OriginId;

/** Two operations have one number. */
final class ForkedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForkedException(OriginId origin, long seq) {
        super("Two operations have the number " + seq + " of the origin " + origin + " (expected: one)");
    }
}

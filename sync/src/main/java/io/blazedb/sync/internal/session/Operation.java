package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;

/**
 * A change set on its way, and the size of its binary form, which is what windows and limits count.
 *
 * @param bytes size in bytes of the encoded change set
 */
public record Operation(ChangeSet changeSet, int bytes) {
    public Operation {
        if (bytes < 1) {
            throw new IllegalArgumentException("an operation of " + bytes + " bytes (expected: >= 1)");
        }
    }
}

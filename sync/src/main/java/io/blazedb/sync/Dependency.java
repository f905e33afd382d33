package io.blazedb.sync;

/**
 * "All transactions of this origin up to and including this one": one entry of a causal past.
 *
 * @param seq number of a transaction in its origin's log, from 1 without gaps
 */
public record Dependency(OriginId origin, long seq) {
    public Dependency {
        if (seq < 1) {
            throw new IllegalArgumentException("sequence number " + seq + " of " + origin + " (expected: >= 1)");
        }
    }
}

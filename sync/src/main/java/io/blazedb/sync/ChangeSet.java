package io.blazedb.sync;

import java.util.List;

/**
 * One transaction as peers get it: what it had seen, the tables it names for the first time, and what it changed.
 *
 * @param seq number of the transaction in its origin's log, from 1 without gaps
 * @param hlc reading of the author's {@link HybridClock}; with the origin, the transaction's {@link Stamp}
 * @param dependencies the entries of the author's version vector that grew since the origin's previous transaction
 * @param definitions tables that this origin uses here or later, before their first use
 * @param changes at most one per row
 */
public record ChangeSet(
        OriginId origin,
        long seq,
        long hlc,
        Role role,
        List<Dependency> dependencies,
        List<TableDefinition> definitions,
        List<RowChange> changes) {
    public ChangeSet {
        dependencies = List.copyOf(dependencies);
        definitions = List.copyOf(definitions);
        changes = List.copyOf(changes);
        if (seq < 1) {
            throw new IllegalArgumentException("sequence number " + seq + " (expected: >= 1)");
        }
        if (origin.equals(OriginId.NONE)) {
            throw new IllegalArgumentException("a change set without an origin");
        }
    }

    /** The mark of this transaction. */
    public Stamp stamp() {
        return new Stamp(hlc, origin);
    }
}

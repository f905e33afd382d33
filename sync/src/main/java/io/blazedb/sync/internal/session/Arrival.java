package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.VersionVector;

/**
 * An operation that a peer has sent, and where it stands in the history of its origin.
 *
 * @param previousMark the mark of the operation before it, see {@link Marks}
 * @param mark its own mark
 */
public record Arrival(Operation operation, long previousMark, long mark) {
    /**
     * Whether it is of the history that is applied here, as the next operation or as one that is known. It was when it
     * was admitted, but another session may have brought a second history of its origin since.
     */
    public boolean continues(VersionVector applied, Marks marks) {
        ChangeSet changeSet = operation.changeSet();
        boolean known = applied.covers(changeSet.origin(), changeSet.seq());
        return known
                ? marks.of(changeSet.origin(), changeSet.seq()) == mark
                : marks.of(changeSet.origin(), changeSet.seq() - 1) == previousMark;
    }
}

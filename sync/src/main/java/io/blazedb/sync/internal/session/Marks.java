package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;

/**
 * What tells two operations with the same origin and number apart, as far as one node knows.
 *
 * <p>A mark that is chained, so that it depends on all operations before it, finds every fork. The clock of the
 * operation finds only those where the clock differs: a node that is put back while its peers' clocks are ahead of its
 * own gives a number the same clock again.
 */
public interface Marks {
    /** The mark before an origin's first operation. */
    long START = 0;

    /** The mark of an operation that is applied here, {@link #START} for number 0. */
    long of(OriginId origin, long seq);

    /** The mark that an operation has when it follows the one with that mark. */
    long after(long previous, ChangeSet operation);
}

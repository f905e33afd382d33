package io.blazedb;

import java.util.List;

/**
 * Hears of what came from peers. Called by one thread of BlazeDB, never by two at once for one database; the
 * transaction is committed, no lock is held, and the listener may use connections. While it works, what comes waits for
 * it, up to 10,000 rows and conflicts; beyond that it is told how many it {@link #missed}, and neither writers nor
 * links wait.
 *
 * <p>An exception that it throws is logged, the first one of each listener, and it is told what comes next.
 */
@FunctionalInterface
public interface SyncListener {
    /**
     * One transaction changed these rows of this database: what peers wrote, or what that made room for. Several
     * transactions of a peer may have become one here.
     */
    void changed(List<ChangedRow> rows);

    /** One transaction found these conflicts. Told after the rows of the same transaction. */
    default void conflicted(List<NewConflict> conflicts) {}

    /**
     * This many rows and conflicts were not told, because the listener was too slow or a single transaction had more
     * than 10,000. Remedy: read the tables.
     */
    default void missed(long count) {}
}

package io.blazedb.internal.capture;

/** Wants to hear of commits. Called by the threads that commit, with their rows locked: it must not wait. */
public interface CommitWatch {
    /** More rows, or conflicts, of one transaction are counted and not listed. */
    int LISTED_MAX = 10_000;

    /** Whether anybody wants to hear of the commits of this database's own, or of those of peers. */
    boolean wants(boolean local);

    /** Keeps a place for what is about to be committed: places are taken in the order of the commits of each row. */
    Place reserve(WatchedChanges changes);

    /** Has to be told how the commit ended, exactly once. */
    @FunctionalInterface
    interface Place {
        void ended(boolean committed);
    }
}

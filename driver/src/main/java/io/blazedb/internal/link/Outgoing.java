package io.blazedb.internal.link;

/** A link that takes over the log of a node, as that node sees it. Safe for use by several threads. */
interface Outgoing {
    /** Whoever takes it. */
    Peer peer();

    /** Remembers up to where the log is not needed any more. */
    void keepCursor();

    /** Bytes of the log that wait. */
    long waiting();

    /** Waits until no more than this waits, if it is being taken over at all. */
    void awaitBacklog(long bytes, int waitMillis);
}

package io.blazedb.internal.link;

import java.util.concurrent.TimeUnit;

/**
 * What two connected nodes tell each other beside operations: what the members have applied, and what may be forgotten.
 * For the thread of a link.
 */
final class Hearing {
    private final Peer source;
    private final LinkedNode target;
    private final int intervalSeconds;
    private long last;

    Hearing(Peer source, LinkedNode target, int intervalSeconds) {
        this.source = source;
        this.target = target;
        this.intervalSeconds = intervalSeconds;
    }

    /** Nothing is to be delivered; does something once in the interval. */
    void run() {
        long now = System.nanoTime();
        if (now - last >= TimeUnit.SECONDS.toNanos(intervalSeconds)) {
            last = now;
            target.membership().hear(source.exchange(target.membership().reports()));
            learnFloors();
        }
    }

    /** Takes over what the source knows of rows that were deleted and forgotten. */
    void learnFloors() {
        target.tables()
                .learnFloors(source.tables().stream().map(PeerTable::table).toList());
    }
}

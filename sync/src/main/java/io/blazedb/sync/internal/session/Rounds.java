package io.blazedb.sync.internal.session;

/** What one session remembers from tick to tick: whether the peer lives, and whether anything moves. */
final class Rounds {
    /** So many idle digests in a row must differ before a node says in full what it has. */
    private static final int DIFFERENT_MAX = 2;

    private int silent;
    private int different;
    private boolean active;
    private Fingerprint rows = Fingerprint.UNKNOWN;

    /** How many ticks, this one included, have passed since the peer was heard. */
    int tick(Fingerprint rowsNow) {
        rows = rowsNow;
        if (active) {
            different = 0;
        }
        active = false;
        return ++silent;
    }

    void heard() {
        silent = 0;
    }

    /** Operations were sent or came. */
    void active() {
        active = true;
    }

    /** The peer has not the same as this node: whether that has been so for some time in which nothing moved. */
    boolean idleWithDifference() {
        different = active ? 0 : different + 1;
        if (different < DIFFERENT_MAX) {
            return false;
        }
        different = 0;
        return true;
    }

    boolean rowsDiffer(Fingerprint other) {
        return !rows.equals(Fingerprint.UNKNOWN) && !other.equals(Fingerprint.UNKNOWN) && !rows.equals(other);
    }
}

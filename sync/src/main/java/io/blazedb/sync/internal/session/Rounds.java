package io.blazedb.sync.internal.session;

/** What one session remembers from tick to tick: whether the peer lives, and whether anything moves. */
final class Rounds {
    /** So many idle digests in a row must differ before a node says in full what it has. */
    private static final int DIFFERENT_MAX = 2;

    private int silent;
    private int different;
    private boolean active;
    private Message.Digest told = new Message.Digest(0, Fingerprint.UNKNOWN, 0);

    /** How many ticks, this one included, have passed since the peer was heard. */
    int tick() {
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

    /** What to say at a tick. Rows are of use only while nothing waits to become durable. */
    Message.Digest digest(Standing standing, Marks marks, Fingerprint rows, long parked) {
        boolean settled = standing.applied().equals(standing.durable());
        told = new Message.Digest(standing.durableHash(marks), settled ? rows : Fingerprint.UNKNOWN, parked);
        return told;
    }

    /** Whether the peer had other rows at a time when it had the same operations as this node at its last tick. */
    boolean rowsDiffer(Message.Digest digest) {
        return digest.vector() == told.vector()
                && digest.parked() == 0
                && !digest.rows().equals(Fingerprint.UNKNOWN)
                && !told.rows().equals(Fingerprint.UNKNOWN)
                && !digest.rows().equals(told.rows());
    }
}

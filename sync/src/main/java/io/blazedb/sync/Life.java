package io.blazedb.sync;

/**
 * L, the life register of a row: whether it is there, and how often it has come and gone.
 *
 * <p>Ordered by fence, then by cause; the larger wins.
 *
 * @param fence stamp of the newest server write that the author had seen, its own if it is a server, or zero
 * @param cause causal length: 0 never was, odd is alive, even is deleted
 */
public record Life(Stamp fence, long cause) implements Comparable<Life> {
    /** The life of a row that never was. */
    public static final Life NEVER = new Life(Stamp.ZERO, 0);

    /**
     * Largest causal length. A row comes to it by dying twice a second for 17,000 years, so a larger one is forged; the
     * next ones would win against everybody for ever.
     */
    public static final long CAUSE_MAX = 1L << 40;

    public Life {
        if (cause < 0 || cause > CAUSE_MAX) {
            throw new IllegalArgumentException("causal length " + cause + " (expected: 0 to " + CAUSE_MAX + ")");
        }
    }

    public boolean alive() {
        return (cause & 1) == 1;
    }

    @Override
    public int compareTo(Life other) {
        int byFence = fence.compareTo(other.fence);
        return byFence != 0 ? byFence : Long.compare(cause, other.cause);
    }
}

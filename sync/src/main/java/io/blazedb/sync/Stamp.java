package io.blazedb.sync;

/**
 * T, the mark of one transaction: its clock reading and the stream that wrote it.
 *
 * <p>Unique per transaction, so equal stamps mean the same transaction. Totally ordered: clock first (unsigned), then
 * origin; a transaction that had seen another one has the larger stamp.
 *
 * @param hlc reading of a {@link HybridClock}, an unsigned number
 */
public record Stamp(long hlc, OriginId origin) implements Comparable<Stamp> {
    /** Smaller than the stamp of every transaction; stands for "none". */
    public static final Stamp ZERO = new Stamp(0, OriginId.NONE);

    public boolean isZero() {
        return hlc == 0 && origin.equals(OriginId.NONE);
    }

    @Override
    public int compareTo(Stamp other) {
        int byClock = Long.compareUnsigned(hlc, other.hlc);
        return byClock != 0 ? byClock : origin.compareTo(other.origin);
    }

    @Override
    public String toString() {
        return isZero() ? "0" : HybridClock.text(hlc) + "@" + origin;
    }
}

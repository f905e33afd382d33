package io.blazedb.sync.internal.session;

/**
 * Sixteen bytes that stand for a row, or added up for many, up to all rows of a node: equal for equal rows, whatever
 * order they were added in. Immutable.
 */
public record Fingerprint(long high, long low) {
    /** Of no rows. */
    public static final Fingerprint ZERO = new Fingerprint(0, 0);

    /** Nobody has computed it. */
    public static final Fingerprint UNKNOWN = ZERO;

    /** The sum modulo 2^128. */
    public Fingerprint plus(Fingerprint other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Fingerprint(high + other.high + carry, sum);
    }
}

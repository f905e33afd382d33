package io.blazedb.sync.internal.session;

/** 128 bits that stand for a row, or added up for many: the order of adding does not matter. Immutable. */
public record Fingerprint(long high, long low) {
    public static final Fingerprint ZERO = new Fingerprint(0, 0);

    /** The sum modulo 2^128. */
    public Fingerprint plus(Fingerprint other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Fingerprint(high + other.high + carry, sum);
    }
}

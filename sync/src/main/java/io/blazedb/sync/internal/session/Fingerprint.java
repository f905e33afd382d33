package io.blazedb.sync.internal.session;

/** Sixteen bytes that stand for all rows of a node: equal for equal rows. */
public record Fingerprint(long high, long low) {
    /** Nobody has computed it. */
    public static final Fingerprint UNKNOWN = new Fingerprint(0, 0);
}

package io.blazedb.sync.internal.session;

/**
 * The last operation of an origin that a node has. An origin never gives one number two clocks unless its files were
 * put back, so number and clock together say which operation it is.
 *
 * @param seq number of the operation; 0 when the node has none of this origin
 * @param hlc its clock; 0 when it is not known
 */
public record OriginHead(long seq, long hlc) {
    public static final OriginHead NONE = new OriginHead(0, 0);

    public OriginHead {
        if (seq < 0 || (seq == 0 && hlc != 0)) {
            throw new IllegalArgumentException("head " + seq + " with clock " + hlc + " (expected: a number >= 0, and"
                    + " no clock without an operation)");
        }
    }
}

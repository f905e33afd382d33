package io.blazedb.sync;

/**
 * One installation: the first sixteen bytes of the hash of its signature key.
 *
 * <p>A node writes one {@link OriginId origin} after the other and stays the same node. Ordered as unsigned bytes.
 */
public record NodeId(long high, long low) implements Comparable<NodeId> {
    /** Size of the binary form. */
    public static final int BYTES = SixteenBytes.BYTES;

    /** Reads the binary form: exactly sixteen bytes. */
    public static NodeId of(byte[] bytes) {
        SixteenBytes.checkLength(bytes, "node id");
        return new NodeId(SixteenBytes.longAt(bytes, 0), SixteenBytes.longAt(bytes, Long.BYTES));
    }

    /** Reads the text form: 32 hexadecimal digits. */
    public static NodeId parse(String text) {
        return of(SixteenBytes.parse(text, "node id"));
    }

    public byte[] toBytes() {
        return SixteenBytes.bytes(high, low);
    }

    @Override
    public int compareTo(NodeId other) {
        return SixteenBytes.compare(high, low, other.high, other.low);
    }

    /** The 32 hexadecimal digits that {@link #parse} reads. */
    @Override
    public String toString() {
        return SixteenBytes.hex(high, low);
    }
}

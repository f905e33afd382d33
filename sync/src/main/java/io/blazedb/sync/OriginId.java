package io.blazedb.sync;

/**
 * One log stream: what a database writes from one opening of its log until it has to begin a new stream.
 *
 * <p>Sixteen random bytes, drawn by whoever opens the stream. Ordered as unsigned bytes.
 */
public record OriginId(long high, long low) implements Comparable<OriginId> {
    /** Stands for "no origin"; never the id of a stream. */
    public static final OriginId NONE = new OriginId(0, 0);

    /** Size of the binary form. */
    public static final int BYTES = SixteenBytes.BYTES;

    /** Reads the binary form: exactly sixteen bytes. */
    public static OriginId of(byte[] bytes) {
        SixteenBytes.checkLength(bytes, "origin id");
        return new OriginId(SixteenBytes.longAt(bytes, 0), SixteenBytes.longAt(bytes, Long.BYTES));
    }

    /** Reads the text form: 32 hexadecimal digits. */
    public static OriginId parse(String text) {
        return of(SixteenBytes.parse(text, "origin id"));
    }

    public byte[] toBytes() {
        return SixteenBytes.bytes(high, low);
    }

    @Override
    public int compareTo(OriginId other) {
        return SixteenBytes.compare(high, low, other.high, other.low);
    }

    /** As a record's own, in a form that is fast before it is compiled too: every row's versions are compared. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OriginId that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    /** The 32 hexadecimal digits that {@link #parse} reads. */
    @Override
    public String toString() {
        return SixteenBytes.hex(high, low);
    }
}

package io.blazedb.sync;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Thirty-two bytes that stand for others: a SHA-256, or an identifier that is made like one. Ordered as unsigned bytes.
 * For what is public: comparing does not take the same time always.
 */
public record Hash(long first, long second, long third, long fourth) implements Comparable<Hash> {
    /** Stands before the first link of a chain. */
    public static final Hash ZERO = new Hash(0, 0, 0, 0);

    /** Size of the binary form. */
    public static final int BYTES = 4 * Long.BYTES;

    /** Reads the binary form: exactly thirty-two bytes. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("hash of " + bytes.length + " bytes (expected: " + BYTES + ")");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Hash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** Reads the text form: 64 hexadecimal digits. */
    public static Hash parse(String text) {
        try {
            return of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "hash '" + text + "' (expected: " + 2 * BYTES + " hexadecimal digits)", e);
        }
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public int compareTo(Hash other) {
        int high = SixteenBytes.compare(first, second, other.first, other.second);
        return high != 0 ? high : SixteenBytes.compare(third, fourth, other.third, other.fourth);
    }

    /** The 64 hexadecimal digits that {@link #parse} reads. */
    @Override
    public String toString() {
        return SixteenBytes.hex(first, second) + SixteenBytes.hex(third, fourth);
    }
}

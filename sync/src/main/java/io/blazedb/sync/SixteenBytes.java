package io.blazedb.sync;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The forms that all identifiers of sixteen bytes share, kept as two longs in network order. */
final class SixteenBytes {
    static final int BYTES = 2 * Long.BYTES;

    private SixteenBytes() {}

    static void checkLength(byte[] bytes, String what) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes (expected: " + BYTES + ")");
        }
    }

    static long longAt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset);
    }

    static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    static byte[] parse(String text, String what) {
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            checkLength(bytes, what);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " '" + text + "' (expected: " + 2 * BYTES + " hexadecimal digits)", e);
        }
    }

    static String hex(long high, long low) {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }
}

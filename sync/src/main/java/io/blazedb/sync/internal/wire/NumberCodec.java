package io.blazedb.sync.internal.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Exact decimal numbers: scale as a zigzag varint, then the unscaled number in two's complement with its length. A
 * number has one form: no trailing zeros, the fewest bytes. Stateless.
 */
final class NumberCodec {
    /** Digits of a sum: those of a delta, of a scale as far off as another's. */
    private static final int BYTES_MAX = 1 << 18;

    private NumberCodec() {}

    static void write(ByteWriter out, BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        int scale = stripped.scale();
        out.varint(Integer.toUnsignedLong((scale << 1) ^ (scale >> 31)));
        out.bytes(stripped.unscaledValue().toByteArray());
    }

    static BigDecimal read(ByteReader in, String what) throws MalformedException {
        int zigzag = (int) in.varint(0xFFFF_FFFFL, what);
        int scale = (zigzag >>> 1) ^ -(zigzag & 1);
        byte[] unscaled = in.bytes(BYTES_MAX, what);
        if (unscaled.length == 0) {
            throw new MalformedException(what + ": no digits (expected: at least one byte)");
        }
        BigInteger integer = new BigInteger(unscaled);

        boolean zero = integer.signum() == 0 && scale != 0;
        if (zero || endsInZero(integer) || !Arrays.equals(unscaled, integer.toByteArray())) {
            throw new MalformedException(what + ": " + unscaled.length + " bytes (expected: the shortest form)");
        }
        return new BigDecimal(integer, scale);
    }

    private static boolean endsInZero(BigInteger integer) {
        return integer.signum() != 0 && integer.mod(BigInteger.TEN).signum() == 0;
    }
}

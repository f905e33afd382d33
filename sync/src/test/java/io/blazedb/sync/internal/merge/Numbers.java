package io.blazedb.sync.internal.merge;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** Values of the model: NULL, or a whole number; columns hold numbers up to a limit. */
record Numbers(long limit) implements ColumnTypes {
    private static final byte NULL = 0;
    private static final byte NUMBER = 1;

    static byte[] nothing() {
        return new byte[] {NULL};
    }

    static byte[] of(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(NUMBER).putLong(number).array();
    }

    @Override
    public boolean isNull(byte[] value) {
        return value[0] == NULL;
    }

    @Override
    public int compare(int column, byte[] one, byte[] other) {
        return number(one).compareTo(number(other));
    }

    @Override
    public BigDecimal number(byte[] value) {
        return isNull(value)
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(ByteBuffer.wrap(value).getLong(1));
    }

    @Override
    public boolean fits(int column, BigDecimal number) {
        return number.abs().compareTo(BigDecimal.valueOf(limit)) <= 0;
    }

    @Override
    public byte[] value(int column, BigDecimal number) {
        return of(Math.max(-limit, Math.min(limit, number.longValueExact())));
    }

    @Override
    public byte[] none(int column) {
        return nothing();
    }
}

package io.blazedb.sync.internal.merge;

import java.math.BigDecimal;

/** Types of tables that have no rules on values. */
final class UnknownTypes implements ColumnTypes {
    @Override
    public boolean isNull(byte[] value) {
        throw unknown();
    }

    @Override
    public int compare(int column, byte[] one, byte[] other) {
        throw unknown();
    }

    @Override
    public BigDecimal number(byte[] value) {
        throw unknown();
    }

    @Override
    public boolean fits(int column, BigDecimal number) {
        throw unknown();
    }

    @Override
    public byte[] value(int column, BigDecimal number) {
        throw unknown();
    }

    @Override
    public byte[] none(int column) {
        throw unknown();
    }

    private static IllegalStateException unknown() {
        return new IllegalStateException(
                "A rule on values (COUNTER, MAX, MIN) in a merge without the column types (expected: RowMerge.of)");
    }
}

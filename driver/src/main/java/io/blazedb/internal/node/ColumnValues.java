package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.internal.merge.ColumnTypes;
import io.blazedb.sync.internal.merge.RowValues;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import org.h2.engine.CastDataProvider;
import org.h2.table.Column;
import org.h2.value.CompareMode;
import org.h2.value.DataType;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueInteger;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTinyint;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, dates and times of H2 for merging. What it answers depends on the bytes and on the declared type alone, not
 * on a setting of this database. Safe for use by several threads.
 *
 * @param layout the table as it is now; null where no value is made, but only numbers read
 */
public record ColumnValues(ValueCodec codec, CastDataProvider provider, SyncedTable.@Nullable Layout layout)
        implements ColumnTypes {
    /** Values are numbers, dates or times, so letters are never compared. */
    private static final CompareMode BINARY = CompareMode.getInstance(null, 0);

    private Value decoded(byte[] value) {
        return codec.read(new RecordInput(value), TypeInfo.TYPE_UNKNOWN);
    }

    private byte[] encoded(Value value) {
        RecordBuffer out = new RecordBuffer(16);
        codec.write(value, out);
        return out.toByteArray();
    }

    @Override
    public boolean isNull(byte[] value) {
        return value.length > 0 && value[0] == Value.NULL;
    }

    @Override
    public int compare(int column, byte[] one, byte[] other) {
        Value first = decoded(one);
        Value second = decoded(other);
        boolean same = first.getValueType() == second.getValueType();
        boolean numbers = DataType.isNumericType(first.getValueType()) && DataType.isNumericType(second.getValueType());
        return same || numbers ? first.compareTo(second, provider, BINARY) : Arrays.compareUnsigned(one, other);
    }

    @Override
    public BigDecimal number(byte[] value) {
        Value decoded = decoded(value);
        return isFinite(decoded) ? decoded.getBigDecimal() : BigDecimal.ZERO;
    }

    /** Whether a value can be counted: a number, but not NULL, NaN or infinite. */
    @SuppressWarnings("ReferenceEquality") // H2 has one NULL
    static boolean isFinite(Value value) {
        return value != ValueNull.INSTANCE
                && DataType.isNumericType(value.getValueType())
                && !(value instanceof ValueDecfloat decimal && !decimal.isFinite());
    }

    /** Whether a counter can hold the value: finite, and not of more digits than can be added. */
    static boolean isCountable(Value value) {
        return isFinite(value) && CounterDeltas.isSmall(value.getBigDecimal());
    }

    @Override
    public boolean fits(int column, BigDecimal number) {
        Column declared = declared(column);
        return declared == null || range(declared.getType(), number).compareTo(number) == 0;
    }

    @Override
    public byte[] value(int column, BigDecimal number) {
        Column declared = declared(column);
        if (declared == null) {
            return RowValues.UNKNOWN;
        }
        TypeInfo type = declared.getType();
        BigDecimal within = range(type, number);
        Value value = switch (type.getValueType()) {
            case Value.TINYINT -> ValueTinyint.get(within.byteValueExact());
            case Value.SMALLINT -> ValueSmallint.get(within.shortValueExact());
            case Value.INTEGER -> ValueInteger.get(within.intValueExact());
            case Value.BIGINT -> ValueBigint.get(within.longValueExact());
            case Value.NUMERIC -> ValueNumeric.get(within.setScale(type.getScale(), RoundingMode.HALF_UP));
            case Value.DECFLOAT ->
                ValueDecfloat.get(within.round(new MathContext((int) type.getPrecision(), RoundingMode.HALF_UP)));
            default -> ValueNull.INSTANCE;
        };
        return encoded(value);
    }

    @Override
    public byte[] none(int column) {
        Column declared = declared(column);
        return declared == null || declared.isNullable() ? encoded(ValueNull.INSTANCE) : value(column, BigDecimal.ZERO);
    }

    private @Nullable Column declared(int column) {
        int ordinal = layout == null ? -1 : layout.ordinalOf(column);
        return layout == null || ordinal < 0 ? null : layout.table().getColumn(ordinal);
    }

    /** The number, or the largest or smallest one of the type; a whole number where the type has only such. */
    private static BigDecimal range(TypeInfo type, BigDecimal number) {
        return switch (type.getValueType()) {
            case Value.TINYINT -> whole(number, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Value.SMALLINT -> whole(number, Short.MIN_VALUE, Short.MAX_VALUE);
            case Value.INTEGER -> whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case Value.BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case Value.NUMERIC -> {
                BigDecimal unit = BigDecimal.ONE.movePointLeft(type.getScale());
                BigDecimal largest = BigDecimal.ONE
                        .movePointRight((int) type.getPrecision() - type.getScale())
                        .subtract(unit);
                yield number.min(largest).max(largest.negate());
            }
            default -> number;
        };
    }

    private static BigDecimal whole(BigDecimal number, long smallest, long largest) {
        return number.setScale(0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(largest))
                .max(BigDecimal.valueOf(smallest));
    }
}

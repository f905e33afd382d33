package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import org.h2.util.DateTimeUtils;
import org.h2.util.StringUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueRow;
import org.h2.value.ValueTimeTimeZone;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;

/**
 * Primary keys as bytes that are the same on every node, whatever kind of integer or text the column is there, and the
 * same for all values that H2 holds to be equal: integers as BIGINT, CHAR without the spaces that fill it up, text that
 * ignores case as H2 compares it, decimals without zeros at the end, times with a zone by their instant. Bytes of
 * integer and text keys sort as the keys do. Stateless but for the codec.
 */
public final class KeyCodec {
    private static final int INTEGER = 0x10;
    private static final int TEXT = 0x20;
    private static final int OTHER = 0x30;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ValueCodec codec;

    public KeyCodec(ValueCodec codec) {
        this.codec = codec;
    }

    public void write(Value value, RecordBuffer out) {
        switch (value.getValueType()) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> {
                out.putByte(INTEGER);
                out.putLong(value.getLong() ^ Long.MIN_VALUE);
            }
            case Value.CHAR -> text(StringUtils.trim(value.getString(), false, true, " "), out);
            case Value.VARCHAR, Value.ENUM -> text(value.getString(), out);
            case Value.VARCHAR_IGNORECASE -> text(folded(value.getString()), out);
            default -> {
                out.putByte(OTHER);
                other(value, out);
            }
        }
    }

    private void other(Value value, RecordBuffer out) {
        switch (value.getValueType()) {
            case Value.ARRAY -> all(value.getValueType(), ((ValueArray) value).getList(), out);
            case Value.ROW -> all(value.getValueType(), ((ValueRow) value).getList(), out);
            default -> codec.write(canonical(value), out);
        }
    }

    /** As the codec writes arrays and rows. */
    private void all(int type, Value[] values, RecordBuffer out) {
        out.putByte(type);
        out.putVarint(values.length);
        for (Value value : values) {
            other(value, out);
        }
    }

    /** As {@link String#compareToIgnoreCase} looks at characters, which H2 compares with. */
    private static String folded(String text) {
        return text.codePoints()
                .map(character -> Character.toLowerCase(Character.toUpperCase(character)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** One value for all that are equal. */
    private static Value canonical(Value value) {
        return switch (value.getValueType()) {
            case Value.NUMERIC -> ValueNumeric.getAnyScale(value.getBigDecimal().stripTrailingZeros());
            case Value.DECFLOAT ->
                ((ValueDecfloat) value).isFinite()
                        ? ValueDecfloat.get(value.getBigDecimal().stripTrailingZeros())
                        : value;
            case Value.VARCHAR_IGNORECASE -> ValueVarcharIgnoreCase.get(folded(value.getString()));
            case Value.TIMESTAMP_TZ -> atZeroOffset((ValueTimestampTimeZone) value);
            case Value.TIME_TZ -> nearestToNoOffset((ValueTimeTimeZone) value);
            default -> value;
        };
    }

    private static Value atZeroOffset(ValueTimestampTimeZone value) {
        long day = value.getDateValue();
        long nanos = value.getTimeNanos() - value.getTimeZoneOffsetSeconds() * NANOS_PER_SECOND;
        if (nanos < 0) {
            day = DateTimeUtils.decrementDateValue(day);
            nanos += DateTimeUtils.NANOS_PER_DAY;
        } else if (nanos >= DateTimeUtils.NANOS_PER_DAY) {
            day = DateTimeUtils.incrementDateValue(day);
            nanos -= DateTimeUtils.NANOS_PER_DAY;
        }
        return ValueTimestampTimeZone.fromDateValueAndNanos(day, nanos, 0);
    }

    /** The instant may be on the day before or after. */
    private static Value nearestToNoOffset(ValueTimeTimeZone value) {
        long instant = value.getNanos() - value.getTimeZoneOffsetSeconds() * NANOS_PER_SECOND;
        long offset = 0;
        if (instant < 0) {
            offset = (-instant + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
        } else if (instant >= DateTimeUtils.NANOS_PER_DAY) {
            offset = -((instant - DateTimeUtils.NANOS_PER_DAY) / NANOS_PER_SECOND + 1);
        }
        return ValueTimeTimeZone.fromNanos(instant + offset * NANOS_PER_SECOND, (int) offset);
    }

    /** Characters in CESU-8, a zero as 00 FF, then 00 00: no text is the beginning of another one. */
    private static void text(String text, RecordBuffer out) {
        out.putByte(TEXT);
        RecordBuffer characters = new RecordBuffer(text.length() + 4);
        characters.putString(text);
        RecordInput bytes = new RecordInput(characters.array(), 0, characters.length());
        byte[] encoded = bytes.readBlock();
        for (byte b : encoded) {
            out.putByte(b);
            if (b == 0) {
                out.putByte(0xFF);
            }
        }
        out.putByte(0);
        out.putByte(0);
    }

    /** Reads the value of one column; it has to be converted to the column's type. */
    public Value read(RecordInput in, TypeInfo type) {
        int kind = in.readByte();
        return switch (kind) {
            case INTEGER -> ValueBigint.get(in.readLong() ^ Long.MIN_VALUE);
            case TEXT -> ValueVarchar.get(readText(in));
            case OTHER -> codec.read(in, type);
            default -> throw new IllegalStateException("A key of kind " + kind + " (expected: 16, 32 or 48)");
        };
    }

    private static String readText(RecordInput in) {
        RecordBuffer encoded = new RecordBuffer(32);
        while (true) {
            int b = in.readByte();
            if (b == 0 && in.readByte() == 0) {
                break;
            }
            encoded.putByte(b);
        }
        RecordBuffer block = new RecordBuffer(encoded.length() + 5);
        block.putVarint(encoded.length());
        block.putBytes(encoded.array(), 0, encoded.length());
        return new RecordInput(block.array(), 0, block.length()).readString();
    }
}

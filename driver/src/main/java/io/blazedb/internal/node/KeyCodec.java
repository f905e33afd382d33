package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import java.util.Locale;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueVarchar;

/**
 * Primary keys as bytes that are the same on every node, whatever kind of integer or text the column is there: integers
 * as BIGINT, text without a difference of CHAR and VARCHAR, text that ignores case in capitals, decimals without zeros
 * at the end. Bytes of integer and text keys sort as the keys do. Stateless but for the codec.
 */
public final class KeyCodec {
    private static final int INTEGER = 0x10;
    private static final int TEXT = 0x20;
    private static final int OTHER = 0x30;

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
            case Value.CHAR, Value.VARCHAR, Value.ENUM -> text(value.getString(), out);
            case Value.VARCHAR_IGNORECASE -> text(value.getString().toUpperCase(Locale.ROOT), out);
            case Value.NUMERIC ->
                other(ValueNumeric.getAnyScale(value.getBigDecimal().stripTrailingZeros()), out);
            default -> other(value, out);
        }
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

    private void other(Value value, RecordBuffer out) {
        out.putByte(OTHER);
        codec.write(value, out);
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

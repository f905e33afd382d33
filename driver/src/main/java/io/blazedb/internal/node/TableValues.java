package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.sync.internal.merge.RowValues;
import org.h2.result.Row;

/**
 * The values of a row in its table by the numbers of its columns, each encoded when it is asked for, so by the thread
 * of a session that can read it.
 *
 * @param layout the table as it was when the row was read
 */
public record TableValues(ValueCodec codec, SyncedTable.Layout layout, Row row) implements RowValues {
    private static final int VALUE_BYTES = 32;

    @Override
    public int size() {
        int size = 0;
        for (int i = 0; i < layout.columns(); i++) {
            size = Math.max(size, 1 + layout.numbers().get(i));
        }
        return size;
    }

    @Override
    public byte[] value(int column) {
        int ordinal = layout.ordinalOf(column);
        if (ordinal < 0 || layout.generated().get(ordinal)) {
            return UNKNOWN;
        }
        RecordBuffer out = new RecordBuffer(VALUE_BYTES);
        codec.write(row.getValue(ordinal), out);
        return out.toByteArray();
    }
}

package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.sync.internal.merge.ColumnTypes;
import java.util.List;
import org.h2.engine.CastDataProvider;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** Makes row keys from values, and values from row keys. Safe for use by several threads. */
public final class RowKeys {
    private final ValueCodec codec;
    private final KeyCodec keys;
    private final CastDataProvider provider;

    public RowKeys(ValueCodec codec, CastDataProvider provider) {
        this.codec = codec;
        this.keys = new KeyCodec(codec);
        this.provider = provider;
    }

    /** The key of a row whose values are given in the log's form. */
    byte[] ofSlices(List<Integer> keyColumns, RowSlices row, boolean before) {
        RecordBuffer out = new RecordBuffer(16);
        for (int column : keyColumns) {
            byte[] bytes = before ? row.before(column) : row.now(column);
            keys.write(codec.read(new RecordInput(bytes), TypeInfo.TYPE_UNKNOWN), out);
        }
        return out.toByteArray();
    }

    /** What merging has to know of the values of a table. */
    public ColumnTypes types(SyncedTable.@Nullable Layout layout) {
        return new ColumnValues(codec, provider, layout);
    }

    /** The key of a row of H2. */
    public byte[] of(SyncedTable.Layout layout, SearchRow row) {
        RecordBuffer out = new RecordBuffer(16);
        for (int i = 0; i < layout.key().size(); i++) {
            keys.write(row.getValue(layout.key().get(i)), out);
        }
        return out.toByteArray();
    }

    /** Values of any columns in the form of a key: equal values of two rows have equal bytes. */
    public byte[] ofValues(Value[] values) {
        RecordBuffer out = new RecordBuffer(16);
        for (Value value : values) {
            keys.write(value, out);
        }
        return out.toByteArray();
    }

    /** Sets the key's values in a row of the table, converted to the types of its columns. */
    public void set(SyncedTable.Layout layout, byte[] key, SearchRow row) {
        RecordInput in = new RecordInput(key);
        for (int i = 0; i < layout.key().size(); i++) {
            Column column = layout.table().getColumn(layout.key().get(i));
            row.setValue(column.getColumnId(), column.convert(provider, keys.read(in, column.getType())));
        }
    }

    /** Values of the key as SQL literals, separated by commas. */
    public String text(SyncedTable.Layout layout, byte[] key) {
        Row row = layout.table().getRowFactory().createRow(new Value[layout.columns()], Row.MEMORY_CALCULATE);
        set(layout, key, row);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < layout.key().size(); i++) {
            text.append(i == 0 ? "" : ", ");
            row.getValue(layout.key().get(i)).getSQL(text, org.h2.util.HasSQL.NO_CASTS);
        }
        return text.toString();
    }
}

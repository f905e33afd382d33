package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnTypes;
import org.h2.engine.CastDataProvider;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** Makes row keys from values, and values from row keys. Safe for use by several threads. */
public final class RowKeys {
    private final ValueCodec codec;
    private final KeyCodec keys;
    private final CastDataProvider provider;
    private final RowIds ids;

    public RowKeys(ValueCodec codec, CastDataProvider provider, RowIds ids) {
        this.codec = codec;
        this.keys = new KeyCodec(codec);
        this.provider = provider;
        this.ids = ids;
    }

    /**
     * The key of a row whose values are given in the log's form.
     *
     * @param number H2's number of the row
     */
    byte[] ofSlices(TableDefinition definition, long number, RowSlices row, boolean before) {
        if (definition.primaryKey().isEmpty()) {
            return ids.idOf(number);
        }
        RecordBuffer out = new RecordBuffer(16);
        for (int column : definition.primaryKey()) {
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
        if (layout.isKeyless()) {
            return ids.idOf(row.getKey());
        }
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

    /** Rows by their keys, as they are in the table of a layout. */
    public Cursor from(SessionLocal session, SyncedTable.Layout layout, byte @Nullable [] key) {
        return rows(layout).find(session, key == null ? null : wanted(layout, key), null, false);
    }

    /** The row with a key, null when there is none. */
    public @Nullable Row find(SessionLocal session, SyncedTable.Layout layout, byte[] key) {
        SearchRow wanted = wanted(layout, key);
        Cursor cursor = rows(layout).find(session, wanted, wanted, false);
        return cursor.next() ? cursor.get() : null;
    }

    private static Index rows(SyncedTable.Layout layout) {
        return layout.isKeyless()
                ? layout.table().getScanIndex(null)
                : layout.table().getPrimaryKey();
    }

    private SearchRow wanted(SyncedTable.Layout layout, byte[] key) {
        SearchRow wanted = layout.table().getRowFactory().createRow();
        if (layout.isKeyless()) {
            wanted.setKey(ids.knownNumberOf(key));
        } else {
            set(layout, key, wanted);
        }
        return wanted;
    }

    /** Sets the key's values in a new row of the table, converted to the types of its columns; or its number. */
    public void set(SyncedTable.Layout layout, byte[] key, SearchRow row) {
        if (layout.isKeyless()) {
            row.setKey(ids.numberOf(key));
            return;
        }
        RecordInput in = new RecordInput(key);
        for (int i = 0; i < layout.key().size(); i++) {
            Column column = layout.table().getColumn(layout.key().get(i));
            row.setValue(column.getColumnId(), column.convert(provider, keys.read(in, column.getType())));
        }
    }

    /**
     * Values of the key as SQL literals, separated by commas; or the row id.
     *
     * @param layout the table as it is now, null when it is not here
     */
    public String text(SyncedTable table, SyncedTable.@Nullable Layout layout, byte[] key) {
        if (table.keyKind().isEmpty()) {
            return RowIds.text(key);
        }
        return layout == null ? text(key) : text(layout, key);
    }

    private String text(byte[] key) {
        StringBuilder text = new StringBuilder();
        for (RecordInput in = new RecordInput(key); in.hasRemaining(); ) {
            text.append(text.isEmpty() ? "" : ", ");
            keys.read(in, TypeInfo.TYPE_UNKNOWN).getSQL(text, HasSQL.NO_CASTS);
        }
        return text.toString();
    }

    private String text(SyncedTable.Layout layout, byte[] key) {
        Row row = layout.table().getRowFactory().createRow(new Value[layout.columns()], Row.MEMORY_CALCULATE);
        set(layout, key, row);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < layout.key().size(); i++) {
            text.append(i == 0 ? "" : ", ");
            row.getValue(layout.key().get(i)).getSQL(text, HasSQL.NO_CASTS);
        }
        return text.toString();
    }
}

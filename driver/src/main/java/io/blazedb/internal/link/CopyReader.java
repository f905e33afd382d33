package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a node together with their states, in pieces. Each piece is exact: it is read while no commit is
 * under way. For one thread.
 */
final class CopyReader {
    private final LinkedNode source;
    private final SessionLocal session;

    CopyReader(LinkedNode source) {
        this.source = source;
        this.session = source.reading().h2();
    }

    /** Rows, and the key to go on after; null when there are no more. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    record Piece(List<StateRow> rows, byte @Nullable [] lastKey) {}

    /** The next rows of a table by primary key. */
    Piece read(SyncedTable table, byte @Nullable [] after, int rowsMax, RowCopy copy) {
        source.host().commits().cutAlone().lock();
        try {
            source.index().bringTo(source.log().endLsn());
            return readExactly(table, after, rowsMax, copy);
        } finally {
            source.host().commits().cutAlone().unlock();
        }
    }

    private Piece readExactly(SyncedTable table, byte @Nullable [] after, int rowsMax, RowCopy copy) {
        SyncedTable.Layout layout = table.layout();
        if (layout == null) {
            return new Piece(List.of(), null);
        }
        MVTable stored = layout.table();
        Index index = stored.getPrimaryKey();
        List<StateRow> rows = new ArrayList<>();
        byte[] lastKey = null;
        session.lock();
        try {
            SearchRow first = null;
            if (after != null) {
                first = stored.getRowFactory().createRow();
                source.keys().set(layout, after, first);
            }
            Cursor cursor = index.find(session, first, null, false);
            while (cursor.next()) {
                Row row = cursor.get();
                byte[] key = source.keys().of(layout, row);
                if (after != null && Arrays.equals(key, after)) {
                    continue;
                }
                RowState state = stateOf(table, key);
                RowValues values = source.applier().mergedValues(table, key, state, valuesOf(layout, row));
                rows.add(copy.copy(key, state, values));
                lastKey = key;
                if (rows.size() == rowsMax) {
                    return new Piece(rows, lastKey);
                }
            }
            return new Piece(rows, null);
        } finally {
            session.rollback();
            session.unlock();
        }
    }

    private RowState stateOf(SyncedTable table, byte[] key) {
        RowState known = source.index().get(table, key);
        return known != null ? known : RowState.base(source.state().baseStamp(), table.columnCount());
    }

    private RowValues valuesOf(SyncedTable.Layout layout, Row row) {
        int highest = 0;
        for (int i = 0; i < layout.columns(); i++) {
            highest = Math.max(highest, layout.numbers().get(i));
        }
        byte[][] values = new byte[highest + 1][];
        Arrays.fill(values, RowValues.UNKNOWN);
        for (int i = 0; i < layout.columns(); i++) {
            if (!layout.generated().get(i)) {
                values[layout.numbers().get(i)] = encode(row.getValue(i));
            }
        }
        return RowValues.of(values);
    }

    private byte[] encode(Value value) {
        RecordBuffer out = new RecordBuffer(32);
        source.codec().write(value, out);
        return out.toByteArray();
    }

    /** Single rows by their names in the index, as they are now. */
    @Nullable
    StateRow read(SyncedTable table, byte[] key, RowCopy copy) {
        source.host().commits().cutAlone().lock();
        session.lock();
        try {
            source.index().bringTo(source.log().endLsn());
            SyncedTable.Layout layout = table.layout();
            RowState state = source.index().get(table, key);
            if (layout == null || state == null) {
                return null;
            }
            SearchRow wanted = layout.table().getRowFactory().createRow();
            source.keys().set(layout, key, wanted);
            Cursor cursor = layout.table().getPrimaryKey().find(session, wanted, wanted, false);
            RowValues shown = cursor.next() ? valuesOf(layout, cursor.get()) : null;
            RowValues values = source.applier().mergedValues(table, key, state, shown);
            return state.alive() && values == null ? null : copy.copy(key, state, values);
        } finally {
            session.rollback();
            session.unlock();
            source.host().commits().cutAlone().unlock();
        }
    }
}

package io.blazedb.internal.node;

import io.blazedb.internal.capture.EffectReader;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;

/** The rows that a local transaction changed, as they were and as they are. Safe for use by several threads. */
public final class LocalRows {
    private final NodeState node;
    private final Tables tables;
    private final RowKeys keys;

    /** Takes a row as it was before, or as it is after a transaction; both when it lived before and after. */
    public interface Visitor {
        void row(SyncedTable table, byte[] key, RowValues values);
    }

    public LocalRows(NodeState node, Tables tables, RowKeys keys) {
        this.node = node;
        this.tables = tables;
        this.keys = keys;
    }

    /** Shows every version of the synced rows in a record of a local transaction. */
    public void visit(LogEntry entry, Visitor visitor) {
        if (!node.hasHappened(entry.lsn())) {
            return;
        }
        RowSlices slices = new RowSlices();
        for (RecordInput body : entry.transaction().bodies()) {
            EffectReader rows = new EffectReader(body);
            while (rows.nextBlock()) {
                Tables.Described described = rows.definition() == 0 ? null : tables.own(rows.definition());
                while (rows.nextRow()) {
                    if (described == null) {
                        rows.skipOldValues();
                        rows.skipImage();
                    } else {
                        slices.read(rows);
                        visit(described, rows, slices, visitor);
                    }
                }
            }
        }
    }

    private void visit(Tables.Described described, EffectReader row, RowSlices slices, Visitor visitor) {
        if (!row.isInsert() && !row.isGone()) {
            visitor.row(described.table(), key(described, row, slices, true), values(described, slices, true));
        }
        visitor.row(described.table(), key(described, row, slices, false), values(described, slices, false));
    }

    private byte[] key(Tables.Described described, EffectReader row, RowSlices slices, boolean before) {
        return keys.ofSlices(described.definition(), row.key(), slices, before);
    }

    private static RowValues values(Tables.Described described, RowSlices slices, boolean before) {
        byte[][] values = new byte[described.table().columnCount()][];
        Arrays.fill(values, RowValues.UNKNOWN);
        for (int ordinal = 0; ordinal < described.numbers().size(); ordinal++) {
            values[described.numbers().get(ordinal)] = before ? slices.before(ordinal) : slices.now(ordinal);
        }
        return RowValues.of(values);
    }
}

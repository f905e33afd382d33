package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;

/**
 * A row as another node has it, in this node's numbers of columns.
 *
 * @param values of a row that is alive; a dead one has its image in the state
 */
public record StateRow(SyncedTable table, RowKey rowKey, RowState state, RowValues values) {
    /** A row key; the array must not be written to. */
    @SuppressWarnings("ArrayRecordComponent")
    public record RowKey(byte[] bytes) {}

    public byte[] key() {
        return rowKey.bytes();
    }
}

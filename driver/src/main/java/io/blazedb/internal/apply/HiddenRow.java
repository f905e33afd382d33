package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowValues;

/**
 * A row that is alive in the merged state and not in its table, because a constraint does not allow it there.
 *
 * @param reason UNIQUE or FOREIGN_KEY
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record HiddenRow(SyncedTable table, byte[] key, String reason, RowValues values) {
    static final String UNIQUE = "UNIQUE";
    static final String FOREIGN_KEY = "FOREIGN_KEY";
}

package io.blazedb.internal.capture;

import org.h2.mvstore.db.MVTable;

/** Says which tables are synced. Asked once a table and schema version, by any thread that commits. */
@FunctionalInterface
public interface SyncedTables {
    SyncedTables NONE = table -> 0;

    /** The number of the definition under which peers know a table, 0 when it is not synced. */
    long definitionOf(MVTable table);

    /** What may be committed to a table by applications. */
    default RowGuard guardOf(MVTable table) {
        return RowGuard.NONE;
    }

    /** How many bytes a large object of a synced table may have. */
    default long valueBytesMax() {
        return Long.MAX_VALUE;
    }
}

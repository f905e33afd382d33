package io.blazedb.internal.capture;

import org.h2.mvstore.db.MVTable;
import org.jspecify.annotations.Nullable;

/**
 * What the commit point knows of the table behind a map.
 *
 * @param id H2's object id, 0 for the catalogue
 * @param table null when the rows are not captured: an index, a temporary table
 * @param guard of what applications may commit
 * @param definition the number of the definition under which peers know the table; 0 when it is not synced
 */
record CapturedTable(int id, @Nullable MVTable table, long definition, ForeignKeys foreignKeys, RowGuard guard) {
    static final int CATALOGUE = 0;
    static final CapturedTable IGNORED = new CapturedTable(-1, null, 0, ForeignKeys.NONE, RowGuard.NONE);

    boolean isCaptured() {
        return table != null;
    }

    boolean isCatalogue() {
        return id == CATALOGUE && table != null;
    }
}

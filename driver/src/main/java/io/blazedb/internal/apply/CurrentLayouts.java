package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import org.h2.mvstore.db.MVTable;
import org.jspecify.annotations.Nullable;

/** Tables as they are, each kept so from when it is asked for until the transaction ends. For the applier's thread. */
final class CurrentLayouts implements Targets.Layouts {
    private final RowStore store;
    private final Tables tables;

    CurrentLayouts(RowStore store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    /** The table as it is until the transaction ends; null when it is not here, or has another key. */
    @Override
    @SuppressWarnings("ReferenceEquality") // ALTER TABLE may have put another object in its place
    public SyncedTable.@Nullable Layout of(SyncedTable table) {
        MVTable stored = store.use(table.schema(), table.name());
        if (stored == null) {
            return null;
        }
        SyncedTable.Layout known = table.layout();
        if (known != null && known.table() == stored) {
            return known;
        }
        tables.layoutOf(stored);
        SyncedTable.Layout now = table.layout();
        return now != null && now.table() == stored ? now : null;
    }
}

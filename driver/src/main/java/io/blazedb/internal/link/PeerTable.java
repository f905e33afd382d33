package io.blazedb.internal.link;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.TableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A table of a peer.
 *
 * @param table its name, key, floor, and the numbers of its columns there; nothing else of it may be asked
 * @param definition as it is there now, null when it is not there
 */
record PeerTable(SyncedTable table, @Nullable TableDefinition definition) {
    static PeerTable of(SyncedTable table) {
        SyncedTable.Layout layout = table.layout();
        return new PeerTable(table, layout == null ? null : layout.definition());
    }

    boolean isHere() {
        return definition != null;
    }
}

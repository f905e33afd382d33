package io.blazedb.internal.capture;

import java.util.Arrays;
import org.h2.engine.Database;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.MVTable;
import org.jspecify.annotations.Nullable;

/** Finds the table behind a map of the store. Safe for use by several threads; forgets all when the schema changes. */
final class TableDirectory {
    private static final String TABLE_PREFIX = "table.";

    private final Database database;
    private final MVTable catalogue;
    private final LobContents lobs;
    private volatile @Nullable CapturedTable[] byMapId = new CapturedTable[64];
    private volatile SyncedTables synced = SyncedTables.NONE;

    TableDirectory(Database database, MVTable catalogue) {
        this.database = database;
        this.catalogue = catalogue;
        this.lobs = new LobContents(database);
    }

    void synced(SyncedTables newSynced) {
        synced = newSynced;
        forget();
    }

    LobContents lobs() {
        return lobs;
    }

    /** How large a large object of a synced table may be. */
    long valueBytesMax() {
        return synced.valueBytesMax();
    }

    /** To be called when a commit changed the schema. */
    synchronized void forget() {
        byMapId = new CapturedTable[64];
    }

    CapturedTable of(MVMap<?, ?> map) {
        int mapId = map.getId();
        @Nullable CapturedTable[] known = byMapId;
        CapturedTable table = mapId < known.length ? known[mapId] : null;
        return table != null ? table : remember(mapId, find(map), known);
    }

    private synchronized CapturedTable remember(int mapId, CapturedTable table, @Nullable CapturedTable[] known) {
        @Nullable CapturedTable[] current = byMapId;
        if (current != known) {
            // Forgotten meanwhile: what was found may be of the schema before.
            return table;
        }
        if (mapId >= current.length) {
            current = Arrays.copyOf(current, Math.max(mapId + 1, current.length * 2));
        }
        current[mapId] = table;
        byMapId = current;
        return table;
    }

    private CapturedTable find(MVMap<?, ?> map) {
        String name = map.getName();
        if (!name.startsWith(TABLE_PREFIX) || map.isVolatile()) {
            return CapturedTable.IGNORED;
        }
        int id = Integer.parseInt(name.substring(TABLE_PREFIX.length()));
        if (id == CapturedTable.CATALOGUE) {
            return new CapturedTable(id, catalogue, 0, ForeignKeys.NONE, RowGuard.NONE);
        }
        MVTable table = database.getStore().getTable(name);
        if (table == null || table.isTemporary()) {
            return CapturedTable.IGNORED;
        }
        SyncedTables known = synced;
        return new CapturedTable(id, table, known.definitionOf(table), ForeignKeys.of(table), known.guardOf(table));
    }
}

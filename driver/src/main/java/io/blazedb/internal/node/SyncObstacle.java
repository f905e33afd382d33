package io.blazedb.internal.node;

import io.blazedb.internal.schema.NumberedKeys;
import io.blazedb.sync.TableDefinition;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;

/** Finds why an application's table cannot be synced as it is. Stateless. */
final class SyncObstacle {
    private SyncObstacle() {}

    /** @param earlier how a table of that name was here before */
    static Optional<String> of(MVTable table, TableDefinition now, List<TableDefinition> earlier, RowIds ids) {
        if (now.primaryKey().isEmpty()) {
            if (earlier.stream().anyMatch(known -> !known.primaryKey().isEmpty())) {
                return Optional.of("it has no primary key any more, and peers know its rows by that. Remedy: ALTER"
                        + " TABLE ... ADD PRIMARY KEY, or make a table of another name");
            }
            if (earlier.isEmpty() && !isNumberedByUs(table, ids)) {
                return Optional.of("it has no primary key, and its rows have numbers (_ROWID_) that others may have"
                        + " too, as after DROP PRIMARY KEY. Remedy: ALTER TABLE ... ADD PRIMARY KEY, or copy it with"
                        + " CREATE TABLE ... AS SELECT");
            }
        }
        return NumberedKeys.obstacle(table, now).map(NumberedKeys.Obstacle::reason);
    }

    /** From when the table is synced, its guard sees to it. */
    private static boolean isNumberedByUs(MVTable table, RowIds ids) {
        MVMap<Long, ?> rows = ((MVPrimaryIndex) table.getScanIndex(null)).getMVMap();
        Long first = rows.firstKey();
        Long last = rows.lastKey();
        return first == null || last == null || (ids.isValid(first) && ids.isValid(last));
    }
}

package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.schema.Addition;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a changed schema means for rows that are here: values that waited come to their places, and values that DDL has
 * made become an operation. Safe for use by several threads; each call is many transactions of the applier.
 */
public final class SchemaChanges {
    /** Rows of one transaction. */
    private static final int ROWS_MAX = 500;

    private final Applier applier;
    private final CurrentLayouts layouts;
    private final RowStore store;
    private final Stash stash;
    private final StashReplay replay;
    private final Definitions definitions;
    private final Map<Integer, Long> replayed = new HashMap<>();

    SchemaChanges(
            Applier applier,
            CurrentLayouts layouts,
            RowStore store,
            Stash stash,
            StashReplay replay,
            Definitions definitions) {
        this.applier = applier;
        this.layouts = layouts;
        this.store = store;
        this.stash = stash;
        this.replay = replay;
        this.definitions = definitions;
    }

    /**
     * Puts what waited for a table, as the table is now, into its place. Does nothing when that was done before.
     *
     * @throws DbException when a row is locked by another transaction for too long; what was done stays done
     */
    public void replay(SyncedTable table) {
        SyncedTable.Layout layout = table.layout();
        if (layout == null || !stash.tables().contains(table.number())) {
            return;
        }
        long definition = layout.definition().id();
        synchronized (replayed) {
            if (replayed.getOrDefault(table.number(), 0L) == definition) {
                return;
            }
        }
        Place place = new Place();
        do {
            applier.project(() -> place.after = someOf(table, place.after));
        } while (place.after != null);
        synchronized (replayed) {
            replayed.put(table.number(), definition);
        }
    }

    /**
     * Adds a constraint that rows of the table break: they are hidden, as they would be had they come after it.
     *
     * @throws DbException when a row or a table is locked by another transaction for too long, or H2 refuses the
     *     statement; then nothing has changed
     */
    public void add(SyncedTable table, Addition addition) {
        applier.project(() -> definitions.add(table, addition));
    }

    /** The table may have been changed to and fro: then what it is now has not been looked at. */
    public void changed(SyncedTable table) {
        synchronized (replayed) {
            replayed.remove(table.number());
        }
    }

    private byte @Nullable [] someOf(SyncedTable table, byte @Nullable [] after) {
        SyncedTable.Layout layout = layouts.of(table);
        try {
            return layout == null ? null : replay.some(table, layout, after);
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    /** Where a walk through a table goes on. */
    private static final class Place {
        private byte @Nullable [] after;
    }

    /**
     * Makes an operation of values that are in rows without anybody having written them, such as those of a column that
     * was renamed or whose default is another one for each row. Values that peers have anyway are left alone.
     *
     * @param columns numbers, and whether a value counts as new although its row has a version for it
     * @throws DbException as {@link #replay}
     */
    public void stamp(SyncedTable table, Map<Integer, Boolean> columns) {
        Place place = new Place();
        do {
            applier.write(own -> place.after = stampSome(own, table, columns, place.after));
        } while (place.after != null);
    }

    private byte @Nullable [] stampSome(
            OwnOperations own, SyncedTable table, Map<Integer, Boolean> columns, byte @Nullable [] after) {
        SyncedTable.Layout layout = layouts.of(table);
        if (layout == null) {
            return null;
        }
        Cursor cursor = store.after(layout, after);
        int looks = 0;
        while (cursor.next()) {
            Row row = cursor.get();
            byte[] key = store.keys().of(layout, row);
            if (after != null && Arrays.equals(key, after)) {
                continue;
            }
            if (differs(layout, row, columns)) {
                stamp(own, table, layout, key, columns);
            }
            if (++looks == ROWS_MAX) {
                return key;
            }
        }
        return null;
    }

    private boolean differs(SyncedTable.Layout layout, Row row, Map<Integer, Boolean> columns) {
        return columns.entrySet().stream().anyMatch(entry -> entry.getValue() || isMade(layout, row, entry.getKey()));
    }

    /** Whether another value stands there than in the row of a node that only added the column. */
    private boolean isMade(SyncedTable.Layout layout, Row row, int column) {
        int ordinal = layout.ordinalOf(column);
        return ordinal >= 0
                && !layout.generated().get(ordinal)
                && !Arrays.equals(store.encode(row.getValue(ordinal)), store.initial(layout, ordinal));
    }

    private void stamp(
            OwnOperations own,
            SyncedTable table,
            SyncedTable.Layout layout,
            byte[] key,
            Map<Integer, Boolean> columns) {
        OwnRow known = own.row(table, key);
        Row row = store.find(layout, key);
        if (known == null || row == null) {
            return;
        }
        BitSet made = new BitSet();
        columns.forEach((column, always) -> {
            boolean unwritten = known.state().version(column).stamp().isZero();
            if (unwritten ? isMade(layout, row, column) : always && layout.ordinalOf(column) >= 0) {
                made.set(column);
            }
        });
        if (!made.isEmpty()) {
            known.restamp(made);
        }
    }
}

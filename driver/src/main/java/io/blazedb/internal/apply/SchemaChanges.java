package io.blazedb.internal.apply;

import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.schema.Addition;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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
    private volatile @Nullable Runnable due;
    private boolean isDoingWhatIsDue;

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
        replay(table, false);
        synchronized (replayed) {
            replayed.put(table.number(), definition);
        }
    }

    /**
     * Has rows show with the values that are known, when a peer was asked for the others and has not got them.
     *
     * @throws DbException as {@link #replay}
     */
    public void showWhatIsKnown(SyncedTable table) {
        if (table.layout() != null && stash.tables().contains(table.number())) {
            replay(table, true);
        }
    }

    private void replay(SyncedTable table, boolean partly) {
        Place place = new Place();
        do {
            applier.project(() -> place.after = someOf(table, place.after, partly));
        } while (place.after != null);
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

    private byte @Nullable [] someOf(SyncedTable table, byte @Nullable [] after, boolean partly) {
        SyncedTable.Layout layout = layouts.of(table);
        try {
            return layout == null ? null : replay.some(table, layout, after, partly);
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    /** Where a walk through a table goes on. */
    private static final class Place {
        private byte @Nullable [] after;
    }

    /** What a column has in rows that are older than it, encoded. For any thread. */
    public byte[] initial(SyncedTable.Layout layout, int ordinal) {
        return store.initial(layout, ordinal);
    }

    /**
     * Has work done before anything else is merged: rows have values that no version tells of yet, which a merge would
     * overwrite without a trace.
     *
     * @param work throws {@link DbException} when another transaction is in the way: then it is due again
     */
    public void beforeMerging(Runnable work) {
        due = work;
    }

    /** Lets a transaction of the applier in when nothing is due. For the applier's thread. */
    void enter(Gate.Place place) {
        place.enter();
        for (Runnable work = due; work != null && !isDoingWhatIsDue; work = due) {
            place.leave();
            due = null;
            isDoingWhatIsDue = true;
            try {
                work.run();
            } catch (Throwable e) {
                due = work;
                throw e;
            } finally {
                isDoingWhatIsDue = false;
            }
            place.enter();
        }
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

    /** The values are those of the table: what waited for a column was not to be seen there, and has given way. */
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
        RowValues shown = store.values(layout, row);
        Map<Integer, byte[]> made = new TreeMap<>();
        columns.forEach((column, always) -> {
            boolean unwritten = known.state().version(column).stamp().isZero();
            boolean is = unwritten ? isMade(layout, row, column) : always && layout.ordinalOf(column) >= 0;
            if (is && shown.value(column).length > 0) {
                made.put(column, shown.value(column));
            }
        });
        if (!made.isEmpty()) {
            replay.giveWay(known.target(), made);
            known.restamp(made);
        }
    }
}

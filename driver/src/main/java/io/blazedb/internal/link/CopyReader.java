package io.blazedb.internal.link;

import io.blazedb.internal.apply.Stash;
import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.TableValues;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that a node knows of a table, in pieces: rows that are to be seen, that a constraint hides and that
 * are deleted, each with its state and its values. Each piece is exact: it is read while no commit is under way. For
 * one thread.
 *
 * <p>A table is read in three passes, so that nothing is left out whatever is written meanwhile: all rows with states,
 * then the rows without, which are older than the node, then those whose states came after the copy began. A row that
 * the first two miss has been written in between, so the third one finds it.
 */
final class CopyReader {
    /** States that one piece looks at; in the last pass most of them are passed over. */
    private static final int LOOKS_MAX = 2_000;

    private final LinkedNode source;
    private final SessionLocal session;
    private final Stash stash;
    private BitSet waiting = new BitSet();

    CopyReader(LinkedNode source) {
        this.source = source;
        this.session = source.reading().h2();
        this.stash = source.applier().stash(source.reading().connection());
    }

    /**
     * The next rows of a table.
     *
     * @param began position in the source's log at which the copy began
     */
    RowPage read(SyncedTable table, CopyPlace from, long began, int rowsMax, RowCopy copy) {
        source.host().commits().cutAlone().lock();
        session.lock();
        try {
            source.index().bringTo(source.log().endLsn());
            SyncedTable.Layout layout = table.layout();
            waiting = waiting(source, table, layout);
            return switch (from.pass()) {
                case WITH_STATE -> withState(table, layout, from, 0, rowsMax, copy);
                case WITHOUT_STATE ->
                    layout == null
                            ? new RowPage(List.of(), from.next(null))
                            : withoutState(table, layout, from, rowsMax, copy);
                case CHANGED -> withState(table, layout, from, began, rowsMax, copy);
            };
        } finally {
            session.rollback();
            session.unlock();
            source.host().commits().cutAlone().unlock();
        }
    }

    private RowPage withState(
            SyncedTable table,
            SyncedTable.@Nullable Layout layout,
            CopyPlace from,
            long since,
            int rowsMax,
            RowCopy copy) {
        int looks = since == 0 ? rowsMax : LOOKS_MAX;
        VersionIndex.Page page = source.index().page(table, from.after(), since, looks);
        List<StateRow> rows = new ArrayList<>(page.entries().size());
        for (VersionIndex.Entry entry : page.entries()) {
            StateRow row = read(table, layout, entry.key(), entry.state(), copy);
            if (row != null) {
                rows.add(row);
            }
        }
        return new RowPage(rows, from.next(page.lastKey()));
    }

    private RowPage withoutState(
            SyncedTable table, SyncedTable.Layout layout, CopyPlace from, int rowsMax, RowCopy copy) {
        byte[] after = from.after();
        RowState base = table.baseState(source.state().baseStamp());
        List<StateRow> rows = new ArrayList<>();
        byte[] lastKey = null;
        int looks = 0;
        Cursor cursor = source.keys().from(session, layout, after);
        while (cursor.next()) {
            Row row = cursor.get();
            lastKey = source.keys().of(layout, row);
            if (after != null && Arrays.equals(lastKey, after)) {
                continue;
            }
            if (source.index().get(table, lastKey) == null) {
                rows.add(copy.copy(lastKey, base, valuesOf(layout, row)));
            }
            if (rows.size() == rowsMax || ++looks == LOOKS_MAX) {
                return new RowPage(rows, from.next(lastKey));
            }
        }
        return new RowPage(rows, from.next(null));
    }

    /** The row with a state; null when it is alive and nowhere to be found. */
    private @Nullable StateRow read(
            SyncedTable table, SyncedTable.@Nullable Layout layout, byte[] key, RowState state, RowCopy copy) {
        if (!state.alive()) {
            return copy.copy(key, state, null);
        }
        RowValues shown = layout == null ? null : merged(table, layout, key, state);
        RowValues values = stash.over(table, key, state, shown == null ? RowValues.NONE : shown);
        return values.size() == 0 ? null : copy.copy(key, state, values);
    }

    /** The values of a row, in its table or kept out of it by a constraint; null when it is in neither place. */
    private @Nullable RowValues merged(SyncedTable table, SyncedTable.Layout layout, byte[] key, RowState state) {
        Row row = shown(layout, key);
        RowValues shown = row == null ? null : valuesOf(layout, row);
        return source.applier().mergedValues(source.reading().connection(), table, key, state, shown);
    }

    private @Nullable Row shown(SyncedTable.Layout layout, byte[] key) {
        return source.keys().find(session, layout, key);
    }

    /** Encoded at once: they are asked for when the session has gone on. */
    private RowValues valuesOf(SyncedTable.Layout layout, Row row) {
        byte[][] values = new TableValues(source.codec(), layout, row).toArray(0);
        for (int column = waiting.nextSetBit(0); column >= 0; column = waiting.nextSetBit(column + 1)) {
            int ordinal = layout.ordinalOf(column);
            if (Arrays.equals(values[column], source.applier().schemaChanges().initial(layout, ordinal))) {
                values[column] = RowValues.UNKNOWN;
            }
        }
        return RowValues.of(values);
    }

    /** Columns that have come back, where what DDL put there is not the value of its version. */
    private static BitSet waiting(LinkedNode node, SyncedTable table, SyncedTable.@Nullable Layout layout) {
        BitSet columns = new BitSet();
        for (int i = 0; layout != null && i < layout.columns(); i++) {
            int column = layout.numbers().get(i);
            if (!layout.generated().get(i) && node.waitsFor(table, column)) {
                columns.set(column);
            }
        }
        return columns;
    }

    /** Whether anything is known of a row here, be it dead or older than the node. */
    boolean knows(SyncedTable table, byte[] key) {
        source.host().commits().cutAlone().lock();
        session.lock();
        try {
            source.index().bringTo(source.log().endLsn());
            SyncedTable.Layout layout = table.layout();
            return source.index().get(table, key) != null || (layout != null && shown(layout, key) != null);
        } finally {
            session.rollback();
            session.unlock();
            source.host().commits().cutAlone().unlock();
        }
    }

    /** A single row with a state, as it is now; null when there is no state of it. */
    @Nullable
    StateRow read(SyncedTable table, byte[] key, RowCopy copy) {
        return exactly(table, key, copy, null);
    }

    /** As {@link #read}, also of a row that is older than the node. */
    @Nullable
    StateRow readAny(SyncedTable table, byte[] key, RowCopy copy) {
        return exactly(table, key, copy, table.baseState(source.state().baseStamp()));
    }

    private @Nullable StateRow exactly(SyncedTable table, byte[] key, RowCopy copy, @Nullable RowState otherwise) {
        source.host().commits().cutAlone().lock();
        session.lock();
        try {
            source.index().bringTo(source.log().endLsn());
            SyncedTable.Layout layout = table.layout();
            waiting = waiting(source, table, layout);
            RowState known = source.index().get(table, key);
            RowState state = known == null ? otherwise : known;
            return state == null ? null : read(table, layout, key, state, copy);
        } finally {
            session.rollback();
            session.unlock();
            source.host().commits().cutAlone().unlock();
        }
    }
}

package io.blazedb.internal.apply;

import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.CausalPast;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowMerge;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one transaction of the applier whose tables are not here: dropped, not creatable, or with another key.
 * They are merged as all rows are, what loses is written down as a conflict, and their values wait in the stash.
 *
 * <p>For the applier's thread.
 */
final class AbsentRows {
    private final VersionIndex index;
    private final Stashing stashing;
    private final Conflicts conflicts;
    private final RowMerge order;
    private final Map<RowName, AbsentRow> rows = new LinkedHashMap<>();

    private static final class AbsentRow {
        private final SyncedTable table;
        private final byte[] key;
        private RowState state = RowState.ABSENT;
        private RowValues values = RowValues.NONE;
        private boolean changed;

        AbsentRow(SyncedTable table, byte[] key) {
            this.table = table;
            this.key = key;
        }

        void take(Merged merged) {
            RowState after = merged.after();
            changed |= !after.equals(state) || merged.won().length > 0;
            if (merged.transition() == Merged.Transition.LIVES) {
                RowValues won = merged.row();
                byte[][] all = values.toArray(Math.max(values.size(), won.size()));
                for (int column : merged.won()) {
                    all[column] = won.value(column);
                }
                values = RowValues.of(all);
            } else {
                values = after.alive() ? merged.row() : RowValues.NONE;
            }
            state = after;
        }
    }

    /** @param order of values whose columns are not here: nothing of them is shown */
    AbsentRows(VersionIndex index, Stashing stashing, Conflicts conflicts, RowMerge order) {
        this.order = order;
        this.conflicts = conflicts;
        this.index = index;
        this.stashing = stashing;
    }

    void clear() {
        rows.clear();
    }

    void add(SyncedTable table, byte[] key) {
        rows.putIfAbsent(new RowName(table, key), new AbsentRow(table, key));
    }

    /** To be called once, when the index is brought up. */
    void lookUp() {
        for (AbsentRow row : rows.values()) {
            RowState known = index.get(row.table, row.key);
            if (known != null) {
                row.state = known;
                row.values = stashing.stash().over(row.table, row.key, known, RowValues.NONE);
            }
        }
    }

    private AbsentRow get(SyncedTable table, byte[] key) {
        AbsentRow row = rows.get(new RowName(table, key));
        if (row == null) {
            throw new IllegalStateException("A row of " + table + " that was not looked up first");
        }
        return row;
    }

    void merge(Tables.Described described, RowChange change, Stamp stamp, CausalPast past) {
        AbsentRow row = get(described.table(), change.key());
        take(row, order.merge(row.state, row.values, change, described.rules(), stamp, past), stamp);
    }

    void join(StateRow other, CausalPast past) {
        AbsentRow row = get(other.table(), other.key());
        take(row, order.join(row.state, row.values, other.state(), other.values(), past), null);
    }

    private void take(AbsentRow row, Merged merged, @Nullable Stamp incoming) {
        conflicts.add(new Conflicts.Place(row.table, null, row.key), row.values, merged, incoming);
        row.take(merged);
    }

    /** Writes the values down, and adds the states to those that the commit's record keeps. */
    void finish(List<RemoteRecord.StateBytes> states) {
        for (AbsentRow row : rows.values()) {
            if (row.changed) {
                StashedRow kept = StashedRow.of(row.state, row.values, column -> true);
                stashing.put(row.table, row.key, row.state, kept, false);
                states.add(index.stateBytes(row.table, row.key, row.state));
            }
        }
    }

    boolean isChanged() {
        return rows.values().stream().anyMatch(row -> row.changed);
    }
}

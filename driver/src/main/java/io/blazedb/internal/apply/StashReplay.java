package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts values that waited into columns and tables that are here now. A value whose version the row still has goes into
 * its place; one that gave way to a write which was made here meanwhile is written down as a conflict. For the thread
 * of the applier, within its transaction.
 */
final class StashReplay {
    /** Rows of one transaction. */
    private static final int ROWS_MAX = 500;

    private final RowStore store;
    private final Targets targets;
    private final MergedRows merged;
    private final Stashing stashing;
    private final SchemaConflicts schemaConflicts;
    private final Conflicts conflicts;

    /** What it works with: the parts of the applier. */
    record Parts(
            RowStore store,
            Targets targets,
            MergedRows merged,
            Stashing stashing,
            SchemaConflicts schemaConflicts,
            Conflicts conflicts) {}

    StashReplay(Parts parts) {
        store = parts.store();
        targets = parts.targets();
        merged = parts.merged();
        stashing = parts.stashing();
        schemaConflicts = parts.schemaConflicts();
        conflicts = parts.conflicts();
    }

    /**
     * Does the next rows of a table.
     *
     * @param partly whether rows show of which some values are known to nobody who was asked
     * @return the key to go on after; null when it was the last
     */
    byte @Nullable [] some(SyncedTable table, SyncedTable.Layout layout, byte @Nullable [] after, boolean partly)
            throws SQLException {
        List<byte[]> keys = stashing.stash().keys(table, after, ROWS_MAX);
        for (byte[] key : keys) {
            targets.lock(table, layout, key);
        }
        targets.lookUp();
        for (byte[] key : keys) {
            Target target = targets.find(table, key);
            if (target != null) {
                replay(target, partly);
            }
        }
        if (keys.size() == ROWS_MAX) {
            return keys.get(ROWS_MAX - 1);
        }
        schemaConflicts.resolved(table, null);
        for (int i = 0; i < layout.columns(); i++) {
            schemaConflicts.resolved(table, layout.numbers().get(i));
        }
        return null;
    }

    private void replay(Target target, boolean partly) {
        StashedRow kept = stashing.stash().get(target.table(), target.key());
        RowValues have = target.values();
        if (!target.state().alive()) {
            bury(target, kept);
        } else if (have != null) {
            place(target, have, kept);
            stashing.keep(target, kept);
        } else {
            RowValues values = kept.over(RowValues.NONE, target.state());
            if (Stashing.isWhole(target, values) || (partly && values.size() > 0)) {
                merged.show(target, values);
            }
        }
    }

    /** The row was deleted here before its values came to their place: they belong to its last image. */
    private void bury(Target target, StashedRow kept) {
        RowState state = target.state();
        RowValues image = kept.over(state.image(), state);
        RowState whole = state.withImage(image);
        if (!whole.equals(state)) {
            target.state(whole);
            target.changed();
        }
        stashing.gone(target);
    }

    /** What waits for columns of a row gives way to other values, for good: it is written down as conflicts. */
    void giveWay(Target target, Map<Integer, byte[]> values) {
        StashedRow kept = stashing.stash().get(target.table(), target.key());
        values.forEach((column, value) -> {
            StashedRow.Entry waited = kept.entries().get(column);
            if (waited != null && kept.holds(column, target.state()) && !Arrays.equals(waited.value(), value)) {
                conflicts.gaveWay(target, column, waited.value(), value, waited.stamp(), false);
            }
        });
    }

    private void place(Target target, RowValues have, StashedRow kept) {
        SyncedTable.Layout layout = target.layout();
        IntPredicate without = StashedRow.withoutPlace(layout);
        List<Integer> placed = new ArrayList<>();
        for (Map.Entry<Integer, StashedRow.Entry> entry : kept.entries().entrySet()) {
            int column = entry.getKey();
            byte[] value = entry.getValue().value();
            if (without.test(column) || Arrays.equals(have.value(column), value)) {
                continue;
            }
            if (kept.holds(column, target.state())) {
                byte[] initial = store.initial(layout, layout.ordinalOf(column));
                if (!Arrays.equals(have.value(column), initial)) {
                    conflicts.gaveWay(
                            target,
                            column,
                            have.value(column),
                            value,
                            entry.getValue().stamp(),
                            true);
                }
                placed.add(column);
            } else {
                conflicts.gaveWay(
                        target,
                        column,
                        value,
                        have.value(column),
                        entry.getValue().stamp(),
                        false);
            }
        }
        if (!placed.isEmpty()) {
            int[] numbers = placed.stream().mapToInt(Integer::intValue).toArray();
            merged.change(target, have, numbers, kept.over(RowValues.NONE, target.state()));
        }
    }
}

package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Keeps in the stash what a merge brought for columns that the table does not have, and puts what is kept there beside
 * the values of the table whenever a row is merged again: so nothing is lost between the two. For the applier's thread.
 */
final class Stashing {
    private final Stash stash;
    private final SchemaConflicts conflicts;
    private final Supplier<Stamp> self;

    /** @param self a stamp of this node's, for its name */
    Stashing(Stash stash, SchemaConflicts conflicts, Supplier<Stamp> self) {
        this.stash = stash;
        this.conflicts = conflicts;
        this.self = self;
    }

    Stash stash() {
        return stash;
    }

    /** The values of a row, and in their place those that wait and count. */
    RowValues over(Target target, RowValues values) {
        return stash.over(target.table(), target.key(), target.state(), values);
    }

    /** The row gets these values, all that are known of it. */
    void shown(Target target, RowValues values) {
        IntPredicate without = StashedRow.withoutPlace(target.layout());
        StashedRow kept = stash.get(target.table(), target.key());
        if (!kept.isEmpty() || hasAny(values, without)) {
            put(
                    target,
                    kept.with(StashedRow.of(target.state(), values, without)).only(without));
        }
    }

    /** The row lives on, and these columns of it have won. */
    void changed(Target target, Merged merged) {
        IntPredicate without = StashedRow.withoutPlace(target.layout());
        StashedRow kept = stash.get(target.table(), target.key());
        RowValues won = merged.row();
        if (!kept.isEmpty() || hasAny(won, without)) {
            StashedRow left = kept.only(column -> won.value(column).length == 0);
            put(target, left.with(StashedRow.of(target.state(), won, without)));
        }
    }

    /** What has a place in the table is there now; the rest of what was kept waits on. */
    void keep(Target target, StashedRow kept) {
        put(target, kept.only(StashedRow.withoutPlace(target.layout())));
    }

    /** Keeps all that is known of a row that cannot be shown, since more is not known. */
    void keepWhole(Target target, RowValues values) {
        put(target, StashedRow.of(target.state(), values, column -> true));
    }

    /** The row is dead: what waited is in its image. */
    void gone(Target target) {
        stash.remove(target.table(), target.key());
    }

    private void put(Target target, StashedRow row) {
        put(target.table(), target.key(), target.state(), row, true);
    }

    void put(SyncedTable table, byte[] key, RowState state, StashedRow row, boolean tableIsHere) {
        stash.put(table, key, row);
        if (!row.isEmpty()) {
            conflicts.stashed(table, state, row, tableIsHere, self.get());
        }
    }

    private static boolean hasAny(RowValues values, IntPredicate columns) {
        for (int i = 0; i < values.size(); i++) {
            if (values.value(i).length > 0 && columns.test(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the values that a row must have to be shown are known: all that somebody has written. */
    static boolean isWhole(Target target, RowValues values) {
        SyncedTable.Layout layout = target.layout();
        for (int i = 0; i < layout.columns(); i++) {
            int number = layout.numbers().get(i);
            boolean written = !target.state().version(number).stamp().isZero();
            if (written && !layout.generated().get(i) && values.value(number).length == 0) {
                return false;
            }
        }
        return true;
    }
}

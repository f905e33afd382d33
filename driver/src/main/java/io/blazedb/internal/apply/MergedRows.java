package io.blazedb.internal.apply;

import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.function.Supplier;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a merge came to into its target, as a row where the table allows it. Nothing is written to tables before
 * all merges of a transaction are done. For the applier's thread.
 */
final class MergedRows {
    private final RowStore store;
    private final RuleBook rules;
    private final Stashing stashing;
    private final Conflicts conflicts;

    MergedRows(RowStore store, RuleBook rules, Stashing stashing, Conflicts conflicts) {
        this.store = store;
        this.rules = rules;
        this.stashing = stashing;
        this.conflicts = conflicts;
    }

    /** The merged values of a row, whether they show or not; nothing of one that is dead. */
    RowValues valuesOf(Target target) {
        RowValues values = target.values();
        return stashing.over(target, values == null ? RowValues.NONE : values);
    }

    /** @param stamp the transaction that was merged, null when a state was */
    void take(Target target, Merged merged, @Nullable Stamp stamp) {
        RowValues before = valuesOf(target);
        if (!merged.conflicts().isEmpty()) {
            conflicts.add(target, merged.conflicts(), before, merged, stamp);
        }
        RowState state = merged.after();
        if (!state.equals(target.state())) {
            target.changed();
        }
        target.state(state);
        switch (merged.transition()) {
            case BORN, REVIVED -> begin(target, stashing.over(target, merged.row()));
            case LIVES -> live(target, merged, before);
            case DIES -> {
                remove(target);
                stashing.gone(target);
            }
            case STAYS_DEAD -> {}
        }
    }

    /** The row is not there any more. */
    void remove(Target target) {
        target.rewritten(null, null);
        if (!rules.of(target.layout()).isFree() || target.isAside()) {
            target.contest();
        }
    }

    private void begin(Target target, RowValues values) {
        stashing.shown(target, values);
        boolean contested = !rules.of(target.layout()).isFree() || target.isAside();
        rewrite(target, () -> values, contested, () -> store.newRow(target.layout(), target.key(), values));
    }

    private void live(Target target, Merged merged, RowValues before) {
        int[] won = merged.won();
        if (won.length == 0) {
            return;
        }
        if (target.values() == null) {
            RowValues after = overlaid(before, merged);
            if (Stashing.isWhole(target, after)) {
                begin(target, after);
            } else {
                stashing.keepWhole(target, after);
            }
            return;
        }
        stashing.changed(target, merged);
        Row row = target.draft();
        boolean contested = target.isAside() || rules.of(target.layout()).concern(won);
        rewrite(
                target,
                () -> overlaid(before, merged),
                contested,
                row == null
                        ? () -> store.newRow(target.layout(), target.key(), overlaid(before, merged))
                        : () -> store.changedRow(target.layout(), row, won, merged.row()));
    }

    /** Keeps the merged values as a row; what the table does not allow as a row is for the projection. */
    private void rewrite(Target target, Supplier<RowValues> values, boolean contested, Supplier<Row> draft) {
        boolean allowed = true;
        try {
            Row row = draft.get();
            target.rewritten(store.values(target.table(), target.layout(), row), row);
        } catch (DbException e) {
            if (!RowStore.isViolation(e)) {
                throw e;
            }
            target.rewritten(values.get(), null);
            allowed = false;
        }
        if (contested || !allowed) {
            target.contest();
        }
    }

    private static RowValues overlaid(RowValues before, Merged merged) {
        RowValues won = merged.row();
        byte[][] values = before.toArray(Math.max(before.size(), won.size()));
        for (int column : merged.won()) {
            values[column] = won.value(column);
        }
        return RowValues.of(values);
    }
}

package io.blazedb.internal.apply;

import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;
import java.util.function.IntPredicate;
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

    /**
     * As {@link #valuesOf}, but the values of some columns are not known where nothing was put since they came back:
     * what waited in the stash, or what a peer gave.
     */
    RowValues valuesOf(Target target, IntPredicate lost) {
        RowValues values = target.values();
        byte[][] held = values == null ? new byte[0][] : values.toArray(values.size());
        for (int i = 0; i < held.length; i++) {
            held[i] = lost.test(i) && isInitial(target, i, held[i]) ? RowValues.UNKNOWN : held[i];
        }
        return stashing.over(target, RowValues.of(held));
    }

    private boolean isInitial(Target target, int column, byte[] value) {
        int ordinal = target.layout().ordinalOf(column);
        return ordinal < 0 || Arrays.equals(value, store.initial(target.layout(), ordinal));
    }

    /** @param stamp the transaction that was merged, null when a state was */
    void take(Target target, Merged merged, @Nullable Stamp stamp) {
        RowValues before = valuesOf(target);
        if (!merged.conflicts().isEmpty()) {
            conflicts.add(Conflicts.Place.of(target), before, merged, stamp);
        }
        RowState state = merged.after();
        if (!state.equals(target.state()) || merged.won().length > 0) { // a value may be new whose version is known
            target.changed();
        }
        target.state(state);
        switch (merged.transition()) {
            case BORN, REVIVED -> show(target, stashing.over(target, merged.row()));
            case LIVES -> live(target, merged, before);
            case DIES -> {
                die(target);
                stashing.gone(target);
            }
            case STAYS_DEAD -> {}
        }
    }

    /** A row that its state calls dead came into the table without us: it is taken out, and kept as a conflict. */
    void bury(Target target) {
        if (target.row() != null && !target.state().alive()) {
            conflicts.stray(target, valuesOf(target));
            die(target);
        }
    }

    private void die(Target target) {
        target.rewritten(null, null);
        if (!rules.of(target.layout()).isFree() || target.isAside()) {
            target.contest();
        }
    }

    /** The row lives with these values, and was not here before. */
    void show(Target target, RowValues values) {
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
            RowValues after = overlaid(before, won, merged.row());
            if (Stashing.isWhole(target, after)) {
                show(target, after);
            } else {
                stashing.keepWhole(target, after);
            }
            return;
        }
        stashing.changed(target, merged);
        change(target, before, won, merged.row());
    }

    /** A row of which some values are not here shows with those that are; the others come when a peer has them. */
    void showWhatIsKnown(Target target) {
        RowValues known = stashing.over(target, RowValues.NONE);
        if (known.size() > 0) {
            show(target, known);
        }
    }

    /** Some values of a row that lives are others now. */
    void change(Target target, RowValues before, int[] numbers, RowValues values) {
        Row row = target.draft();
        boolean contested = target.isAside() || rules.of(target.layout()).concern(numbers);
        rewrite(
                target,
                () -> overlaid(before, numbers, values),
                contested,
                row == null
                        ? () -> store.newRow(target.layout(), target.key(), overlaid(before, numbers, values))
                        : () -> store.changedRow(target.layout(), row, numbers, values));
    }

    /** Keeps the merged values as a row; what the table does not allow as a row is for the projection. */
    private void rewrite(Target target, Supplier<RowValues> values, boolean contested, Supplier<Row> draft) {
        boolean allowed = true;
        try {
            Row row = draft.get();
            target.rewritten(store.values(target.layout(), row), row);
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

    private static RowValues overlaid(RowValues before, int[] numbers, RowValues others) {
        byte[][] values = before.toArray(Math.max(before.size(), others.size()));
        for (int column : numbers) {
            values[column] = others.value(column);
        }
        return RowValues.of(values);
    }
}

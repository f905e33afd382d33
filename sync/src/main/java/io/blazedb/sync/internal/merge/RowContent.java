package io.blazedb.sync.internal.merge;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;

/**
 * A row whole: its state, and while it is alive the values that its table holds. Immutable.
 *
 * @param values of a live row, counters as they show; nothing of a dead one, whose last values are in the state
 */
public record RowContent(RowState state, RowValues values) {
    /** A row that never was. */
    public static final RowContent ABSENT = new RowContent(RowState.ABSENT, RowValues.NONE);

    /** The row after a change was merged into it. */
    public RowContent merge(RowMerge order, RowChange change, ColumnRules rules, Stamp stamp) {
        return after(order.merge(state, values, change, rules, stamp, (winner, loser) -> true));
    }

    /** The row after a merge into it. */
    public RowContent after(Merged merged) {
        return switch (merged.transition()) {
            case STAYS_DEAD, DIES -> new RowContent(merged.after(), RowValues.NONE);
            case BORN, REVIVED -> new RowContent(merged.after(), merged.row());
            case LIVES -> {
                byte[][] table = values.toArray(merged.row().size());
                for (int column : merged.won()) {
                    table[column] = merged.row().value(column);
                }
                yield new RowContent(merged.after(), RowValues.of(table));
            }
        };
    }
}

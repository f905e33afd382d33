package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;

/** A row of a simulated database: its state, and the values that a table would hold. */
record SimulatedRow(RowState state, RowValues values) {
    static final SimulatedRow ABSENT = new SimulatedRow(RowState.ABSENT, RowValues.NONE);

    /** The row after a local change. */
    SimulatedRow written(RowState after, RowChange change) {
        if (!after.alive()) {
            return new SimulatedRow(after, RowValues.NONE);
        }
        byte[][] written = current().toArray(after.columns());
        for (int i = 0; i < change.size(); i++) {
            written[change.column(i)] = change.value(i);
        }
        return new SimulatedRow(after, RowValues.of(written));
    }

    /** The row after a merge, written as an applier would. */
    SimulatedRow merged(Merged merged) {
        return switch (merged.transition()) {
            case STAYS_DEAD, DIES -> new SimulatedRow(merged.after(), RowValues.NONE);
            case BORN, REVIVED -> new SimulatedRow(merged.after(), merged.row());
            case LIVES -> {
                byte[][] table = values.toArray(merged.row().size());
                for (int column : merged.won()) {
                    table[column] = merged.row().value(column);
                }
                yield new SimulatedRow(merged.after(), RowValues.of(table));
            }
        };
    }

    /** What the table holds, or the image of a dead row. */
    RowValues current() {
        return state.alive() ? values : state.image();
    }

    boolean sameAs(SimulatedRow other) {
        int size = Math.max(current().size(), other.current().size());
        return state.equals(other.state)
                && Arrays.deepEquals(current().toArray(size), other.current().toArray(size));
    }

    int fingerprint() {
        return 31 * state.hashCode() + Arrays.deepHashCode(current().toArray(SimulatedTable.COLUMNS));
    }
}

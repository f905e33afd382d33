package io.blazedb.sync.internal.merge;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import java.util.Arrays;

/** A row of a model node: its state, and the values that a table would hold. */
record ModelRow(RowState state, RowValues values) {
    static final ModelRow ABSENT = new ModelRow(RowState.ABSENT, RowValues.NONE);

    /** The row after a local change. */
    ModelRow written(RowState after, RowChange change) {
        byte[][] written = after.alive() ? current().toArray(after.columns()) : new byte[0][];
        for (int i = 0; i < change.size(); i++) {
            written[change.column(i)] = change.value(i);
        }
        return new ModelRow(after, RowValues.of(written));
    }

    /** The row after a merge, written as an applier would. */
    ModelRow merged(Merged merged) {
        RowContent after = new RowContent(state, values).after(merged);
        return new ModelRow(after.state(), after.values());
    }

    ModelRow merge(RowChange change, Stamp stamp) {
        return merged(RowMerge.STANDARD.merge(state, values, change, stamp, (winner, loser) -> false));
    }

    ModelRow join(ModelRow other) {
        return merged(RowMerge.STANDARD.join(state, values, other.state, other.values, (winner, loser) -> false));
    }

    /** What the table holds, or the image of a dead row. */
    RowValues current() {
        return state.held(values);
    }

    boolean sameAs(ModelRow other) {
        int size = Math.max(current().size(), other.current().size());
        return state.equals(other.state)
                && Arrays.deepEquals(current().toArray(size), other.current().toArray(size));
    }

    @Override
    public String toString() {
        return state + " " + Arrays.deepToString(current().toArray(0));
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts a row of one node into the column numbers of another, by the names of the columns. Immutable. */
final class RowCopy {
    private final SyncedTable to;
    private final int[] numbers;

    private RowCopy(SyncedTable to, int[] numbers) {
        this.to = to;
        this.numbers = numbers;
    }

    /** Between two tables that are the same. The target knows all columns of the source's definitions. */
    static RowCopy between(SyncedTable from, SyncedTable to, int columns) {
        int[] numbers = new int[columns];
        for (int i = 0; i < columns; i++) {
            numbers[i] = to.columnNumber(from.column(i));
        }
        return new RowCopy(to, numbers);
    }

    StateRow copy(byte[] key, RowState state, @Nullable RowValues values) {
        RowValues live = values == null ? RowValues.NONE : renumbered(values);
        return new StateRow(to, new StateRow.RowKey(key), renumbered(state, values), live);
    }

    /** The version of a value that is not here stays here: with it the value would count as known. */
    private RowState renumbered(RowState state, @Nullable RowValues values) {
        ColumnVersion[] versions = new ColumnVersion[size()];
        Arrays.fill(versions, ColumnVersion.ABSENT);
        for (int i = 0; i < numbers.length; i++) {
            boolean known = !state.alive() || (values != null && values.value(i).length > 0);
            if (numbers[i] >= 0 && known) {
                versions[numbers[i]] = state.version(i);
            }
        }
        return RowState.of(state.life(), state.highestCause(), versions, renumbered(state.image()))
                .withCounters(state.counters().mapped(column -> column < numbers.length ? numbers[column] : -1));
    }

    private RowValues renumbered(RowValues values) {
        byte[][] renumbered = new byte[size()][];
        Arrays.fill(renumbered, RowValues.UNKNOWN);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= 0) {
                renumbered[numbers[i]] = values.value(i);
            }
        }
        return RowValues.of(renumbered);
    }

    private int size() {
        return Arrays.stream(numbers).max().orElse(-1) + 1;
    }
}

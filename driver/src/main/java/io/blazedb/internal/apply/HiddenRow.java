package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;
import java.util.Map;

/**
 * What a constraint keeps out of a table: a whole row that is alive in the merged state, or the columns of a foreign
 * key that show as NULL.
 *
 * @param reason the name of an {@link Outcome} for a whole row, {@link #NULLED} for columns
 * @param values the merged values; unknown for columns that show
 * @param stamps of columns that show as NULL, the versions of these values: a column written since is as the table has
 *     it
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
public record HiddenRow(SyncedTable table, byte[] key, String reason, RowValues values, Map<Integer, Stamp> stamps) {
    static final String NULLED = "SET_NULL";

    static HiddenRow whole(SyncedTable table, byte[] key, Outcome reason, RowValues values) {
        return new HiddenRow(table, key, reason.name(), values, Map.of());
    }

    boolean isWhole() {
        return stamps.isEmpty();
    }

    /** The merged values of a row that the table shows like that. */
    RowValues over(RowValues shown, RowState state) {
        if (isWhole()) {
            return shown;
        }
        byte[][] merged = shown.toArray(Math.max(shown.size(), values.size()));
        stamps.forEach((column, stamp) -> {
            if (state.version(column).stamp().equals(stamp)) {
                merged[column] = values.value(column);
            }
        });
        return RowValues.of(merged);
    }

    /** The merged values that the table does not show; nothing for the columns that it does. */
    public RowValues aside(boolean shown, RowState state) {
        if (isWhole()) {
            return shown ? RowValues.NONE : values;
        }
        byte[][] aside = RowValues.NONE.toArray(values.size());
        stamps.forEach((column, stamp) -> {
            if (state.version(column).stamp().equals(stamp)) {
                aside[column] = values.value(column);
            }
        });
        return RowValues.of(aside);
    }

    boolean says(HiddenRow other) {
        return reason.equals(other.reason) && stamps.equals(other.stamps) && sameValues(other.values);
    }

    private boolean sameValues(RowValues others) {
        if (values.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!Arrays.equals(values.value(i), others.value(i))) {
                return false;
            }
        }
        return true;
    }
}

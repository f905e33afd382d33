package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/** One row that a transaction of the applier touches, as it is at that moment. For the applier's thread. */
final class Target {
    private final SyncedTable table;
    private final SyncedTable.Layout layout;
    private final byte[] key;
    private RowState state = RowState.ABSENT;
    private @Nullable Row row;
    private @Nullable RowValues hidden;
    private String reason = "";
    private boolean changed;

    Target(SyncedTable table, SyncedTable.Layout layout, byte[] key) {
        this.table = table;
        this.layout = layout;
        this.key = key;
    }

    SyncedTable table() {
        return table;
    }

    SyncedTable.Layout layout() {
        return layout;
    }

    byte[] key() {
        return key;
    }

    RowState state() {
        return state;
    }

    void state(RowState newState) {
        state = newState;
    }

    /** The state is another one than before the transaction, so the index has to learn it. */
    boolean isChanged() {
        return changed;
    }

    void changed() {
        changed = true;
    }

    /** The row in its table, null when it is not there. */
    @Nullable
    Row row() {
        return row;
    }

    /** The values of a row that is alive and not in its table. */
    @Nullable
    RowValues hidden() {
        return hidden;
    }

    /** Why it is not in its table: UNIQUE or FOREIGN_KEY. */
    String reason() {
        return reason;
    }

    void shown(Row newRow) {
        row = newRow;
        hidden = null;
        reason = "";
    }

    void hidden(RowValues values, String why) {
        row = null;
        hidden = values;
        reason = why;
    }

    void gone() {
        row = null;
        hidden = null;
        reason = "";
    }
}

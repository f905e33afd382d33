package io.blazedb.sync.internal.session;

import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;

/** A row as a node has it: its key, its state, and its values when it is alive. Immutable; do not write to arrays. */
public final class StateRow {
    private final byte[] key;
    private final RowState state;
    private final byte[][] values;

    /** @param live the values of a live row; not looked at for a dead one, whose image is in the state */
    public StateRow(byte[] key, RowState state, RowValues live) {
        this.key = key;
        this.state = state;
        this.values = state.alive() ? live.toArray(0) : new byte[0][];
    }

    public byte[] key() {
        return key;
    }

    public RowState state() {
        return state;
    }

    /** The values of a live row; nothing for a dead one. */
    public RowValues values() {
        return RowValues.of(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateRow that
                && Arrays.equals(key, that.key)
                && state.equals(that.state)
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + state.hashCode();
    }

    /** Without key and values: they are the user's and stay out of messages. */
    @Override
    public String toString() {
        return "StateRow[" + state + "]";
    }
}

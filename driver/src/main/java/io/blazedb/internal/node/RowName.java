package io.blazedb.internal.node;

import java.util.Arrays;

/** A row by its table and its key, for maps in memory. The array must not be written to. Immutable. */
public final class RowName {
    private final int table;
    private final byte[] key;
    private final int hash;

    public RowName(SyncedTable table, byte[] key) {
        this.table = table.number();
        this.key = key;
        this.hash = 31 * Arrays.hashCode(key) + this.table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowName that && table == that.table && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

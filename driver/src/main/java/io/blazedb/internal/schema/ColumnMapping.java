package io.blazedb.internal.schema;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Column;

/**
 * Where the columns of a peer's table stand in the local one. They are found by name, as H2 compares names; the order
 * may differ. Valid until the local table is altered. Immutable.
 */
public final class ColumnMapping {
    private static final int UNKNOWN = -1;

    private final String table;
    private final int[] localColumns;
    private final boolean[] generated;
    private final List<Integer> unknown;

    private ColumnMapping(String table, int[] localColumns, boolean[] generated, List<Integer> unknown) {
        this.table = table;
        this.localColumns = localColumns;
        this.generated = generated;
        this.unknown = List.copyOf(unknown);
    }

    /** Maps a definition of a peer to the table that has its name here. */
    public static ColumnMapping of(TableDefinition theirs, MVTable ours) {
        int count = theirs.columns().size();
        int[] localColumns = new int[count];
        boolean[] generated = new boolean[count];
        List<Integer> unknown = new ArrayList<>();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            ColumnDefinition column = theirs.columns().get(ordinal);
            Column local = ours.findColumn(column.name());
            localColumns[ordinal] = local == null ? UNKNOWN : local.getColumnId();
            generated[ordinal] = column.source() == Source.GENERATED || (local != null && local.isGenerated());
            if (local == null) {
                unknown.add(ordinal);
            }
        }
        return new ColumnMapping(theirs.name(), localColumns, generated, unknown);
    }

    /** The number of columns that the peer's definition has. */
    public int count() {
        return localColumns.length;
    }

    /** Whether the column exists here. */
    public boolean isKnown(int ordinal) {
        return localColumns[ordinal] != UNKNOWN;
    }

    /** Whether a side computes the column, so that its values are neither sent nor stored. */
    public boolean isGenerated(int ordinal) {
        return generated[ordinal];
    }

    /**
     * The index of the column in H2's row.
     *
     * @throws IllegalStateException when the column is not known here
     */
    public int localColumn(int ordinal) {
        int column = localColumns[ordinal];
        if (column == UNKNOWN) {
            throw new IllegalStateException("column " + ordinal + " of table " + table + " is not known here (known: "
                    + Arrays.toString(localColumns) + "; ask isKnown first)");
        }
        return column;
    }

    /** The peer's ordinals of columns that do not exist here; their values wait until they do. */
    public List<Integer> unknown() {
        return unknown;
    }
}

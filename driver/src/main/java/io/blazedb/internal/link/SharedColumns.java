package io.blazedb.internal.link;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.SyncedTable.ColumnName;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.h2.result.Row;
import org.h2.value.TypeInfo;
import org.jspecify.annotations.Nullable;

/** The columns that a table has at two nodes, as one of them has them; the names in ascending order. Immutable. */
final class SharedColumns {
    private final List<ColumnName> names;
    private final SyncedTable.Layout layout;
    private final int[] ordinals;
    private final int[] numbers;

    private SharedColumns(SyncedTable table, SyncedTable.Layout layout, List<ColumnName> names) {
        this.names = names;
        this.layout = layout;
        this.numbers = names.stream().mapToInt(table::columnNumber).toArray();
        this.ordinals = new int[numbers.length];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = layout.ordinalOf(numbers[i]);
        }
    }

    /** Those of the first table that the second one has, too; computed ones do not travel. */
    static SharedColumns of(
            SyncedTable table, SyncedTable.Layout layout, SyncedTable other, SyncedTable.Layout otherLayout) {
        List<ColumnName> names = sent(table, layout);
        names.retainAll(sent(other, otherLayout));
        names.sort(Comparator.comparing(ColumnName::name).thenComparing(ColumnName::kind));
        return new SharedColumns(table, layout, List.copyOf(names));
    }

    private static List<ColumnName> sent(SyncedTable table, SyncedTable.Layout layout) {
        List<ColumnName> names = new ArrayList<>();
        for (int i = 0; i < layout.columns(); i++) {
            if (!layout.generated().get(i)) {
                names.add(table.column(layout.numbers().get(i)));
            }
        }
        return names;
    }

    List<String> names() {
        return names.stream().map(ColumnName::toString).toList();
    }

    /** The number of each column in states of rows. */
    int[] numbers() {
        return numbers.clone();
    }

    /** The comparable values of a row, wherever they are: in its table, aside, or in the image of a dead one. */
    RowValues values(ComparableValues comparable, RowState state, @Nullable Row row, @Nullable RowValues hidden) {
        byte[][] values = new byte[numbers.length][];
        RowValues stored = hidden != null ? hidden : state.image();
        for (int i = 0; i < values.length; i++) {
            if (row != null && (hidden == null || hidden.value(numbers[i]).length == 0)) {
                values[i] = comparable.of(row.getValue(ordinals[i]));
            } else {
                TypeInfo type = layout.table().getColumn(ordinals[i]).getType();
                values[i] = comparable.of(stored.value(numbers[i]), type);
            }
        }
        return RowValues.of(values);
    }
}

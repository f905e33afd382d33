package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import java.util.ArrayList;
import java.util.List;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.NullsDistinct;
import org.h2.index.Index;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.Table;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** The unique keys and foreign keys of a table, asked of H2's catalogue. Stateless. */
final class Constraints {
    private Constraints() {}

    /** The unique indexes but for the primary key's. */
    static List<Index> uniqueIndexes(SyncedTable.Layout layout) {
        List<Index> found = new ArrayList<>();
        for (Index index : layout.table().getIndexes()) {
            if (index.getIndexType().isUnique() && !index.getIndexType().isPrimaryKey()) {
                found.add(index);
            }
        }
        return found;
    }

    /** The numbers of all columns that are in a unique key. */
    static int[] uniqueColumns(SyncedTable.Layout layout) {
        return uniqueIndexes(layout).stream()
                .flatMapToInt(index -> java.util.Arrays.stream(index.getIndexColumns())
                        .limit(index.getUniqueColumnCount())
                        .mapToInt(column -> layout.numbers().get(column.column.getColumnId())))
                .distinct()
                .sorted()
                .toArray();
    }

    /**
     * What to look for to find a row with the same unique key; null when the row has a NULL that makes it unlike all.
     */
    static @Nullable SearchRow uniqueKey(Index index, Row row) {
        SearchRow wanted = index.getTable().getRowFactory().createRow();
        int nulls = 0;
        int count = index.getUniqueColumnCount();
        for (int i = 0; i < count; i++) {
            Column column = index.getIndexColumns()[i].column;
            Value value = row.getValue(column.getColumnId());
            nulls += value.getValueType() == Value.NULL ? 1 : 0;
            wanted.setValue(column.getColumnId(), value);
        }
        NullsDistinct distinct = index.getIndexType().getEffectiveNullsDistinct();
        boolean free = distinct == NullsDistinct.NOT_DISTINCT
                ? false
                : distinct == NullsDistinct.ALL_DISTINCT ? nulls == count : nulls > 0;
        return free ? null : wanted;
    }

    /** The foreign keys of a table as a child. */
    static List<ConstraintReferential> parentsOf(Table table) {
        return referential(table, true);
    }

    /** The foreign keys of others that refer to a table. */
    static List<ConstraintReferential> childrenOf(Table table) {
        return referential(table, false);
    }

    private static List<ConstraintReferential> referential(Table table, boolean asChild) {
        Iterable<Constraint> constraints = table.getConstraints();
        if (constraints == null) {
            return List.of();
        }
        List<ConstraintReferential> found = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (constraint instanceof ConstraintReferential referential
                    && (asChild ? referential.getTable() : referential.getRefTable()).equals(table)) {
                found.add(referential);
            }
        }
        return found;
    }

    /** What to look for in the parent to find the row that a child refers to; null when it refers to none. */
    static @Nullable SearchRow parentKey(ConstraintReferential key, SearchRow child) {
        return translated(key.getColumns(), child, key.getRefColumns(), key.getRefTable());
    }

    /** What to look for in the child to find the rows that refer to a parent; null when none can. */
    static @Nullable SearchRow childKey(ConstraintReferential key, SearchRow parent) {
        return translated(key.getRefColumns(), parent, key.getColumns(), key.getTable());
    }

    private static @Nullable SearchRow translated(IndexColumn[] from, SearchRow row, IndexColumn[] to, Table target) {
        SearchRow wanted = target.getRowFactory().createRow();
        for (int i = 0; i < from.length; i++) {
            Value value = row.getValue(from[i].column.getColumnId());
            if (value == null || value.getValueType() == Value.NULL) {
                return null;
            }
            wanted.setValue(to[i].column.getColumnId(), to[i].column.convert(null, value));
        }
        return wanted;
    }

    /** Whether both rows have the same values in the columns that others refer to. */
    static boolean sameReferred(ConstraintReferential key, Row one, Row other) {
        for (IndexColumn column : key.getRefColumns()) {
            int id = column.column.getColumnId();
            if (!one.getValue(id).equals(other.getValue(id))) {
                return false;
            }
        }
        return true;
    }
}

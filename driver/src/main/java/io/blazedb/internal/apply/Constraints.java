package io.blazedb.internal.apply;

import io.blazedb.internal.capture.ForeignKeys;
import io.blazedb.internal.node.SyncedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintActionType;
import org.h2.constraint.ConstraintCheck;
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

/** The unique keys, foreign keys and checks of a table, asked of H2's catalogue. Stateless. */
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
                .flatMapToInt(index -> Arrays.stream(index.getIndexColumns())
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
        boolean free = distinct != NullsDistinct.NOT_DISTINCT
                && (distinct == NullsDistinct.ALL_DISTINCT ? nulls == count : nulls > 0);
        return free ? null : wanted;
    }

    /** The conditions on rows of a table; those of domains are part of their columns. */
    static List<Constraint> checksOf(Table table) {
        return constraintsOf(table).stream()
                .filter(ConstraintCheck.class::isInstance)
                .toList();
    }

    /** The numbers of all columns that a constraint is about; all, when one is about a generated column. */
    static BitSet columnsOfAny(SyncedTable.Layout layout) {
        BitSet ordinals = new BitSet();
        for (Index index : uniqueIndexes(layout)) {
            for (int i = 0; i < index.getUniqueColumnCount(); i++) {
                ordinals.set(index.getIndexColumns()[i].column.getColumnId());
            }
        }
        for (Constraint constraint : constraintsOf(layout.table())) {
            for (Column column : constraint.getReferencedColumns(layout.table())) {
                ordinals.set(column.getColumnId());
            }
        }
        for (ConstraintReferential child : ForeignKeys.of(layout.table()).asParent()) {
            for (IndexColumn column : child.getRefColumns()) {
                ordinals.set(column.column.getColumnId());
            }
        }
        for (Column column : layout.table().getColumns()) {
            if (column.getDomain() != null) {
                ordinals.set(column.getColumnId());
            }
        }
        if (ordinals.intersects(layout.generated())) {
            ordinals.set(0, layout.columns());
        }
        BitSet numbers = new BitSet();
        ordinals.stream().forEach(ordinal -> numbers.set(layout.numbers().get(ordinal)));
        return numbers;
    }

    /**
     * Whether an orphan can show with NULL in the columns of this key, as ON DELETE SET NULL and SET DEFAULT have it.
     * It can when nothing else depends on these columns; else what shows would depend on more than which rows show.
     */
    static boolean showsNull(SyncedTable.Layout layout, ConstraintReferential key) {
        ConstraintActionType action = key.getDeleteAction();
        if (action != ConstraintActionType.SET_NULL && action != ConstraintActionType.SET_DEFAULT) {
            return false;
        }
        BitSet columns = new BitSet();
        for (IndexColumn column : key.getColumns()) {
            Column of = column.column;
            if (!of.isNullable() || of.isPrimaryKey() || of.getDomain() != null) {
                return false;
            }
            columns.set(of.getColumnId());
        }
        BitSet writtenTogether = (BitSet) columns.clone();
        layout.groups().expand(writtenTogether);
        return writtenTogether.equals(columns)
                && layout.generated().isEmpty()
                && isAlone(layout, key, columns)
                && uniqueIndexes(layout).stream().allMatch(index -> isFreeWithNull(index, columns));
    }

    private static boolean isAlone(SyncedTable.Layout layout, ConstraintReferential key, BitSet columns) {
        for (Constraint constraint : constraintsOf(layout.table())) {
            boolean isOther = constraint instanceof ConstraintReferential other
                    ? !isSame(other, key)
                    : constraint instanceof ConstraintCheck;
            for (Column column : isOther ? constraint.getReferencedColumns(layout.table()) : List.<Column>of()) {
                if (columns.get(column.getColumnId())) {
                    return false;
                }
            }
        }
        return ForeignKeys.of(layout.table()).asParent().stream()
                .flatMap(child -> Arrays.stream(child.getRefColumns()))
                .noneMatch(column -> columns.get(column.column.getColumnId()));
    }

    /** Whether both are one foreign key, perhaps declared twice. */
    private static boolean isSame(ConstraintReferential one, ConstraintReferential other) {
        return one.getTable().equals(other.getTable())
                && one.getRefTable().equals(other.getRefTable())
                && columns(one.getColumns()).equals(columns(other.getColumns()))
                && columns(one.getRefColumns()).equals(columns(other.getRefColumns()))
                && one.getDeleteAction() == other.getDeleteAction();
    }

    private static List<Column> columns(IndexColumn[] columns) {
        return Arrays.stream(columns).map(column -> column.column).toList();
    }

    private static boolean isFreeWithNull(Index index, BitSet columns) {
        boolean concerned = Arrays.stream(index.getIndexColumns())
                .limit(index.getUniqueColumnCount())
                .anyMatch(column -> columns.get(column.column.getColumnId()));
        return !concerned || index.getIndexType().getEffectiveNullsDistinct() != NullsDistinct.NOT_DISTINCT;
    }

    private static List<Constraint> constraintsOf(Table table) {
        Iterable<Constraint> constraints = table.getConstraints();
        List<Constraint> found = new ArrayList<>();
        if (constraints != null) {
            constraints.forEach(found::add);
        }
        return found;
    }
}

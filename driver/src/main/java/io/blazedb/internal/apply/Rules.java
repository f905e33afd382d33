package io.blazedb.internal.apply;

import io.blazedb.internal.capture.ForeignKeys;
import io.blazedb.internal.node.SyncedTable;
import java.util.BitSet;
import java.util.List;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Index;

/**
 * What a table's rows have to keep to, looked up once for each of its layouts. Immutable.
 *
 * @param unique the unique indexes but for the primary key's
 * @param parents the foreign keys of the table
 * @param children the foreign keys of others, and of its own, that refer to the table
 * @param checks conditions on the table's rows, without those of domains
 * @param columns numbers of the columns that any of these is about
 */
record Rules(
        List<Index> unique,
        UniqueColumns uniqueColumns,
        List<Parent> parents,
        List<ConstraintReferential> children,
        List<Constraint> checks,
        BitSet columns) {

    /** Numbers of the columns that are in a unique key. */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, never written to
    record UniqueColumns(int[] numbers) {}

    /**
     * A foreign key of the table.
     *
     * @param nulls of an orphan: whether it shows, with NULL in the columns of the key; else it is hidden
     */
    record Parent(ConstraintReferential key, boolean nulls) {}

    static Rules of(SyncedTable.Layout layout) {
        ForeignKeys keys = ForeignKeys.of(layout.table());
        return new Rules(
                Constraints.uniqueIndexes(layout),
                new UniqueColumns(Constraints.uniqueColumns(layout)),
                keys.asChild().stream()
                        .map(key -> new Parent(key, Constraints.showsNull(layout, key)))
                        .toList(),
                keys.asParent(),
                Constraints.checksOf(layout.table()),
                Constraints.columnsOfAny(layout));
    }

    boolean isFree() {
        return unique.isEmpty() && parents.isEmpty() && children.isEmpty() && checks.isEmpty();
    }

    /** Whether one of these columns, by number, is in a constraint. */
    boolean concern(int[] numbers) {
        for (int number : numbers) {
            if (columns.get(number)) {
                return true;
            }
        }
        return false;
    }
}

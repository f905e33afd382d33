package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import java.util.List;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Index;

/** What a table's rows have to keep to, looked up once for each of its layouts. */
record Rules(
        List<Index> unique,
        UniqueColumns uniqueColumns,
        List<ConstraintReferential> parents,
        List<ConstraintReferential> children) {

    /** Numbers of the columns that are in a unique key. */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, never written to
    record UniqueColumns(int[] numbers) {}

    static Rules of(SyncedTable.Layout layout) {
        return new Rules(
                Constraints.uniqueIndexes(layout),
                new UniqueColumns(Constraints.uniqueColumns(layout)),
                Constraints.parentsOf(layout.table()),
                Constraints.childrenOf(layout.table()));
    }

    boolean isFree() {
        return unique.isEmpty() && parents.isEmpty() && children.isEmpty();
    }
}

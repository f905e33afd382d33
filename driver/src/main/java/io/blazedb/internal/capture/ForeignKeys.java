package io.blazedb.internal.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.IndexColumn;
import org.h2.table.Table;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The foreign keys of a table, looked up once a schema version.
 *
 * @param asChild those of the table itself
 * @param asParent those of other tables, or its own, that refer to it
 */
public record ForeignKeys(List<ConstraintReferential> asChild, List<ConstraintReferential> asParent) {
    static final ForeignKeys NONE = new ForeignKeys(List.of(), List.of());

    public static ForeignKeys of(Table table) {
        Iterable<Constraint> constraints = table.getConstraints();
        List<ConstraintReferential> asChild = new ArrayList<>();
        List<ConstraintReferential> asParent = new ArrayList<>();
        for (Constraint constraint : constraints == null ? List.<Constraint>of() : constraints) {
            if (constraint instanceof ConstraintReferential key) {
                if (key.getTable().equals(table)) {
                    asChild.add(key);
                }
                if (key.getRefTable().equals(table)) {
                    asParent.add(key);
                }
            }
        }
        return asChild.isEmpty() && asParent.isEmpty() ? NONE : new ForeignKeys(asChild, asParent);
    }

    boolean isEmpty() {
        return asChild.isEmpty() && asParent.isEmpty();
    }

    /** Whether a child row refers to a parent that it did not refer to before. */
    static boolean refersAnew(ConstraintReferential key, @Nullable Row before, Row now) {
        return hasAll(key.getColumns(), now) && !(before != null && sameIn(key.getColumns(), before, now));
    }

    /** Whether a parent row has a key that children may refer to, and had another one, or none, before. */
    static boolean offersAnew(ConstraintReferential key, @Nullable Row before, Row now) {
        return hasAll(key.getRefColumns(), now) && !(before != null && sameIn(key.getRefColumns(), before, now));
    }

    /** Whether a parent row gives up a key that children may refer to. */
    static boolean givesUp(ConstraintReferential key, Row before, @Nullable Row now) {
        return hasAll(key.getRefColumns(), before) && !(now != null && sameIn(key.getRefColumns(), before, now));
    }

    static boolean refersToNone(ConstraintReferential key, Row row) {
        return !hasAll(key.getColumns(), row);
    }

    static boolean refersToItself(ConstraintReferential key, Row row) {
        return key.getTable().equals(key.getRefTable())
                && IntStream.range(0, key.getColumns().length)
                        .allMatch(i -> valueOf(key.getColumns()[i], row).equals(valueOf(key.getRefColumns()[i], row)));
    }

    /** What to look for in the parent to find the row that a child refers to; null when it refers to none. */
    public static @Nullable SearchRow parentKey(ConstraintReferential key, SearchRow child) {
        return translated(key.getColumns(), child, key.getRefColumns(), key.getRefTable());
    }

    /** What to look for in the child to find the rows that refer to a parent; null when none can. */
    public static @Nullable SearchRow childKey(ConstraintReferential key, SearchRow parent) {
        return translated(key.getRefColumns(), parent, key.getColumns(), key.getTable());
    }

    /** Whether both rows have the same values in the columns that others refer to. */
    public static boolean sameReferred(ConstraintReferential key, Row one, Row other) {
        return sameIn(key.getRefColumns(), one, other);
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

    private static boolean hasAll(IndexColumn[] columns, Row row) {
        for (IndexColumn column : columns) {
            if (valueOf(column, row).getValueType() == Value.NULL) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameIn(IndexColumn[] columns, Row one, Row other) {
        for (IndexColumn column : columns) {
            if (!valueOf(column, one).equals(valueOf(column, other))) {
                return false;
            }
        }
        return true;
    }

    private static Value valueOf(IndexColumn column, Row row) {
        return row.getValue(column.column.getColumnId());
    }
}

package io.blazedb.internal.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.tx.ChangeVisitor;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.util.HasSQL;

/**
 * Looks whether the foreign keys of one transaction are true against what others have committed. First it is shown what
 * the transaction changed, then it runs. For one thread, used once.
 */
final class KeyCheck implements ChangeVisitor {
    private final TableDirectory tables;
    private final List<Reference> children = new ArrayList<>();
    private final List<Reference> lostParents = new ArrayList<>();
    private final List<Reference> newParents = new ArrayList<>();
    private final Set<Left> left = new HashSet<>();
    private CapturedTable table = CapturedTable.IGNORED;

    /** None of its columns is NULL. */
    private record Reference(ConstraintReferential key, Row row) {}

    /** A row that is no parent, or no child, of a foreign key any more as it was. */
    private record Left(int foreignKey, boolean asParent, long key) {}

    KeyCheck(TableDirectory tables) {
        this.tables = tables;
    }

    @Override
    public boolean wants(MVMap<?, ?> map) {
        table = tables.of(map);
        return table.isCaptured() && !table.foreignKeys().isEmpty();
    }

    @Override
    public void changed(long key, Object before, Object after) {
        Row old = (Row) before;
        Row now = (Row) after;
        for (ConstraintReferential foreignKey : table.foreignKeys().asChild()) {
            boolean anew = now != null && ForeignKeys.refersAnew(foreignKey, old, now);
            if (anew && isEnforced(foreignKey)) {
                children.add(new Reference(foreignKey, now));
            }
            if (now == null || anew || ForeignKeys.refersToNone(foreignKey, now)) {
                left.add(new Left(foreignKey.getId(), false, key));
            }
        }
        for (ConstraintReferential foreignKey : table.foreignKeys().asParent()) {
            if (!isEnforced(foreignKey)) {
                continue;
            }
            if (now != null && ForeignKeys.offersAnew(foreignKey, old, now)) {
                newParents.add(new Reference(foreignKey, now));
            }
            if (old != null && ForeignKeys.givesUp(foreignKey, old, now)) {
                lostParents.add(new Reference(foreignKey, old));
                left.add(new Left(foreignKey.getId(), true, key));
            }
        }
    }

    private static boolean isEnforced(ConstraintReferential key) {
        return key.getTable().getCheckForeignKeyConstraints()
                && key.getRefTable().getCheckForeignKeyConstraints();
    }

    /** @throws DbException H2's error of the key that does not hold */
    void run(SessionLocal committed) {
        for (Reference child : children) {
            Index index = child.key().getReferencedConstraint().getIndex();
            SearchRow wanted = Objects.requireNonNull(ForeignKeys.parentKey(child.key(), child.row()));
            boolean itself = ForeignKeys.refersToItself(child.key(), child.row());
            if (!itself
                    && !isThere(committed, child.key(), true, index, wanted)
                    && !isNewParent(child.key(), index, wanted)) {
                throw DbException.get(
                        ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1,
                        describe(child.key(), index, wanted));
            }
        }
        for (Reference parent : lostParents) {
            Index index = parent.key().getIndex();
            Index parents = parent.key().getReferencedConstraint().getIndex();
            SearchRow wanted = Objects.requireNonNull(ForeignKeys.childKey(parent.key(), parent.row()));
            if (isThere(committed, parent.key(), false, index, wanted)
                    && !isNewParent(parent.key(), parents, parent.row())) {
                throw DbException.get(
                        ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_CHILD_EXISTS_1, describe(parent.key(), index, wanted));
            }
        }
    }

    /** A committed row that the transaction leaves as it is. */
    private boolean isThere(
            SessionLocal committed, ConstraintReferential key, boolean asParent, Index index, SearchRow wanted) {
        Cursor cursor = index.find(committed, wanted, wanted, false);
        while (cursor.next()) {
            long row = cursor.getSearchRow().getKey();
            if (!left.contains(new Left(key.getId(), asParent, row))) {
                return true;
            }
        }
        return false;
    }

    /** A parent with this key that the transaction itself leaves behind. */
    private boolean isNewParent(ConstraintReferential key, Index index, SearchRow wanted) {
        for (Reference parent : newParents) {
            if (parent.key().equals(key) && index.compareRows(parent.row(), wanted) == 0) {
                return true;
            }
        }
        return false;
    }

    private static String describe(ConstraintReferential key, Index index, SearchRow wanted) {
        StringBuilder text = new StringBuilder(key.getName()).append(": ");
        key.getTable().getSQL(text, HasSQL.TRACE_SQL_FLAGS).append(" -> ");
        key.getRefTable().getSQL(text, HasSQL.TRACE_SQL_FLAGS).append(' ');
        for (var column : index.getColumns()) {
            if (wanted.getValue(column.getColumnId()) != null) {
                text.append(column.getTraceSQL())
                        .append('=')
                        .append(wanted.getValue(column.getColumnId()).getTraceSQL())
                        .append(' ');
            }
        }
        return text.toString().strip();
    }
}

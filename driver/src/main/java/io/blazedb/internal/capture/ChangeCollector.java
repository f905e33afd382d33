package io.blazedb.internal.capture;

import io.blazedb.ChangedRow;
import io.blazedb.ChangedRow.Kind;
import io.blazedb.NewConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.index.Index;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.ChangeVisitor;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.util.HasSQL;
import org.jspecify.annotations.Nullable;

/** Lists the rows that one transaction changed, and the conflicts that it wrote down. For one thread and one use. */
final class ChangeCollector implements ChangeVisitor {
    private static final String OURS = "BLAZE";
    private static final String CONFLICTS = "BZ_CONFLICT";
    private static final String RESOLVED = "RESOLVED";
    private static final int META_TYPE_COLUMN = 2;

    private final TableDirectory tables;
    private final List<ChangedRow> rows = new ArrayList<>();
    private final List<NewConflict> conflicts = new ArrayList<>();
    private long rowCount;
    private long conflictCount;
    private boolean changesSchema;
    private boolean ofCatalogue;
    private boolean ofConflicts;
    private @Nullable MVTable table;
    private Column[] key = {};

    ChangeCollector(TableDirectory tables) {
        this.tables = tables;
    }

    boolean changesSchema() {
        return changesSchema;
    }

    /** @param definition whether a change of the schema wrote the rows: they are not told */
    WatchedChanges found(boolean local, boolean definition) {
        return new WatchedChanges(
                local,
                definition ? List.of() : List.copyOf(rows),
                definition ? 0 : rowCount,
                List.copyOf(conflicts),
                conflictCount);
    }

    @Override
    public boolean wants(MVMap<?, ?> map) {
        CapturedTable captured = tables.of(map);
        MVTable next = captured.table();
        table = next;
        ofCatalogue = captured.isCatalogue();
        ofConflicts = false;
        if (next == null || ofCatalogue) {
            return next != null;
        }
        if (next.getSchema().getName().equalsIgnoreCase(OURS)) {
            ofConflicts = next.getName().equalsIgnoreCase(CONFLICTS);
            return ofConflicts;
        }
        Index primary = next.findPrimaryKey();
        key = primary == null ? new Column[0] : primary.getColumns();
        return true;
    }

    @Override
    public void changed(long number, Object before, Object after) {
        Row old = (Row) before;
        Row now = (Row) after;
        if (ofCatalogue) {
            Row either = now == null ? old : now;
            changesSchema |= either.getValue(META_TYPE_COLUMN).getInt() != RecordLayout.META_SEQUENCE;
        } else if (ofConflicts) {
            conflict(old, now);
        } else if (old == null) {
            add(text(number, now), Kind.INSERT);
        } else if (now == null) {
            add(text(number, old), Kind.DELETE);
        } else {
            String left = text(number, old);
            String arrived = text(number, now);
            if (left.equals(arrived)) {
                add(arrived, Kind.UPDATE);
            } else {
                add(left, Kind.DELETE);
                add(arrived, Kind.INSERT);
            }
        }
    }

    private void add(String text, Kind kind) {
        rowCount++;
        if (rowCount <= CommitWatch.LISTED_MAX) {
            MVTable changed = Objects.requireNonNull(table);
            rows.add(new ChangedRow(changed.getSchema().getName(), changed.getName(), text, kind));
        }
    }

    private String text(long number, Row row) {
        if (key.length == 0) {
            return Long.toString(number);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < key.length; i++) {
            text.append(i == 0 ? "" : ", ");
            row.getValue(key[i].getColumnId()).getSQL(text, HasSQL.NO_CASTS);
        }
        return text.toString();
    }

    /** One that is new, or resolved and open again. */
    private void conflict(@Nullable Row old, @Nullable Row now) {
        if (now == null || isResolved(now) || (old != null && !isResolved(old))) {
            return;
        }
        conflictCount++;
        if (conflictCount <= CommitWatch.LISTED_MAX) {
            conflicts.add(new NewConflict(
                    now.getValue(ordinal("ID")).getLong(),
                    required(now, "TABLE_SCHEMA"),
                    required(now, "TABLE_NAME"),
                    value(now, "ROW_KEY"),
                    value(now, "COLUMN_NAME"),
                    required(now, "KIND")));
        }
    }

    private boolean isResolved(Row row) {
        return RESOLVED.equals(value(row, "STATUS"));
    }

    private String required(Row row, String column) {
        return Objects.requireNonNull(value(row, column), column);
    }

    private @Nullable String value(Row row, String column) {
        return row.getValue(ordinal(column)).getString();
    }

    private int ordinal(String column) {
        return Objects.requireNonNull(table).getColumn(column).getColumnId();
    }
}

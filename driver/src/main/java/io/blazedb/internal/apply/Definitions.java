package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.schema.Addition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.constraint.Constraint;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.schema.SchemaObject;

/**
 * Adds constraints that rows here break, as if they had stood when these rows came: the rows are taken out, the
 * constraint is defined over the others, and the projection under it decides which come back.
 *
 * <p>All of it is one transaction and one record of the log, with the tables held alone, so neither a crash nor another
 * writer comes between. For the applier's thread.
 */
final class Definitions {
    /** As long as H2 lets a definition wait for the transactions that are open. */
    private static final int LOCK_MILLIS_MAX = 1_000;

    private final SessionLocal session;
    private final Connection connection;
    private final RowStore store;
    private final CurrentLayouts layouts;
    private final Targets targets;
    private final Settlement settlement;
    private final List<SchemaObject> made = new ArrayList<>();

    Definitions(
            SessionLocal session,
            Connection connection,
            RowStore store,
            CurrentLayouts layouts,
            Targets targets,
            Settlement settlement) {
        this.session = session;
        this.connection = connection;
        this.store = store;
        this.layouts = layouts;
        this.targets = targets;
        this.settlement = settlement;
    }

    /** A transaction begins. */
    void begin() {
        made.clear();
    }

    /**
     * Adds the constraint, and leaves the rows that break it to the projection at the end of the transaction.
     *
     * @throws DbException when another transaction has a table or a row for too long, or H2 refuses the statement
     */
    void add(SyncedTable table, Addition addition) {
        List<MVTable> held = hold(table, addition);
        SyncedTable.Layout before = layouts.of(table);
        if (before == null) {
            throw DbException.get(ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1, table.toString());
        }
        List<Row> out = takeOut(before, addition.violators());
        List<SchemaObject> known = objectsOf(held);
        session.prepare(addition.statement()).update();
        made.addAll(objectsOf(held));
        made.removeAll(known);
        settlement.schemaChanged();
        out.forEach(row -> targets.takenOut(table, before, row));
        targets.lookUp();
    }

    /** The catalogue before the tables, and these alone, as H2 does: nobody is in the middle of a change of theirs. */
    private List<MVTable> hold(SyncedTable table, Addition addition) {
        int wait = session.getLockTimeout();
        session.setLockTimeout(LOCK_MILLIS_MAX);
        try {
            session.getDatabase().lockMeta(session);
            List<MVTable> held = new ArrayList<>();
            held.add(store.useAlone(table.schema(), table.name()));
            Addition.Parent parent = addition.parent();
            if (parent != null) {
                held.add(store.useAlone(parent.schema(), parent.name()));
            }
            return held;
        } finally {
            session.setLockTimeout(wait);
        }
    }

    /** A row that goes may be the parent of others of its table, which then go, too. */
    private List<Row> takeOut(SyncedTable.Layout layout, String violators) {
        List<Row> out = new ArrayList<>();
        List<Row> found;
        do {
            found = find(layout, violators);
            found.forEach(row -> store.remove(layout, row));
            out.addAll(found);
        } while (!found.isEmpty());
        return out;
    }

    private List<Row> find(SyncedTable.Layout layout, String violators) {
        List<Row> rows = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet found = query.executeQuery(violators)) {
            while (found.next()) {
                rows.add(store.at(layout, found.getLong(1)));
            }
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
        return rows;
    }

    /** Constraints first: with them go the indexes that are theirs alone. */
    private static List<SchemaObject> objectsOf(List<MVTable> tables) {
        List<SchemaObject> objects = new ArrayList<>();
        for (MVTable table : tables) {
            Iterable<Constraint> constraints = table.getConstraints();
            if (constraints != null) {
                constraints.forEach(objects::add);
            }
        }
        for (MVTable table : tables) {
            for (Index index : table.getIndexes()) {
                if (!index.getIndexType().isScan()) {
                    objects.add(index);
                }
            }
        }
        return objects;
    }

    /** To be called before the transaction is rolled back: H2 keeps its objects as they are, whatever becomes of it. */
    void takeBack() {
        for (SchemaObject object : made) {
            if (isThere(object)) {
                session.getDatabase().removeSchemaObject(session, object);
            }
        }
        if (!made.isEmpty()) {
            settlement.schemaChanged();
        }
        made.clear();
    }

    private boolean isThere(SchemaObject object) {
        return object instanceof Constraint
                ? object.getSchema().findConstraint(session, object.getName()) != null
                : object.getSchema().findIndex(session, object.getName()) != null;
    }
}

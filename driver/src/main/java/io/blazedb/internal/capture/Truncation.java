package io.blazedb.internal.capture;

import java.lang.reflect.Field;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.command.Prepared;
import org.h2.command.ddl.TruncateTable;
import org.h2.engine.Right;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.Table;

/**
 * TRUNCATE TABLE so that the commit point sees the rows: they are removed one by one, between the two commits that H2
 * makes around a truncation, with H2's own checks before. For the thread of the session.
 */
public final class Truncation {
    private final SessionLocal session;

    public Truncation(SessionLocal session) {
        this.session = session;
    }

    /**
     * Runs the statement.
     *
     * @return how many rows were removed
     */
    public long run(String sql) throws SQLException {
        session.lock();
        try {
            Prepared prepared = session.prepare(sql);
            if (!(prepared instanceof TruncateTable)) {
                throw new IllegalStateException(
                        "H2 reads this as " + prepared.getClass().getSimpleName() + ": " + sql);
            }
            return truncate((Table) valueOf(prepared, "table"), (Boolean) valueOf(prepared, "restart"));
        } catch (DbException e) {
            throw DbException.toSQLException(e);
        } finally {
            session.unlock();
        }
    }

    private long truncate(Table table, boolean restart) {
        if (!table.canTruncate()) {
            throw DbException.get(ErrorCode.CANNOT_TRUNCATE_1, table.getTraceSQL());
        }
        session.getUser().checkTableRight(table, Right.DELETE);
        session.commit(true);
        boolean done = false;
        try {
            table.lock(session, Table.EXCLUSIVE_LOCK);
            long rows = 0;
            Cursor cursor = table.getScanIndex(session).find(session, null, null, false);
            while (cursor.next()) {
                table.removeRow(session, cursor.get());
                rows++;
            }
            if (restart) {
                restartIdentity(table);
            }
            done = true;
            return rows;
        } finally {
            if (done) {
                session.commit(true);
            } else {
                session.rollback();
            }
        }
    }

    private void restartIdentity(Table table) {
        for (Column column : table.getColumns()) {
            Sequence sequence = column.getSequence();
            if (sequence != null) {
                sequence.modify(sequence.getStartValue(), null, null, null, null, null, null);
                session.getDatabase().updateMeta(session, sequence);
            }
        }
    }

    private static Object valueOf(Prepared prepared, String name) {
        try {
            Field field = TruncateTable.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(prepared);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This H2 has no TruncateTable." + name + " (expected: H2 2.4.240)", e);
        }
    }
}

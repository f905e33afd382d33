package io.blazedb.internal.link;

import io.blazedb.internal.node.RowIds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.table.Table;
import org.h2.value.Value;

/**
 * Gives new numbers to the rows of a table without a key that plain H2 has altered: it numbered them anew, so their
 * numbers say that they are other rows than they are. Nobody knows any more which they were, so they are new rows from
 * here on, and {@link PlainEdits} finds the old ones gone. For one thread, while nobody else has the database.
 */
final class Renumbering {
    private final LinkedNode.Host host;
    private final RowIds ids;

    Renumbering(LinkedNode.Host host, RowIds ids) {
        this.host = host;
        this.ids = ids;
    }

    /** Does all of it or, when the process is killed, nothing. */
    void run(List<MVTable> tables) throws SQLException {
        try (EngineSession session = EngineSession.open(host)) {
            session.h2().lock();
            session.capture().place().enter();
            try {
                for (MVTable table : tables) {
                    renumber(session.h2(), table);
                }
                session.h2().commit(false);
            } finally {
                session.capture().place().leave();
                session.h2().unlock();
            }
        }
    }

    private void renumber(SessionLocal session, MVTable table) {
        table.lock(session, Table.WRITE_LOCK);
        List<Long> numbers = new ArrayList<>();
        Cursor cursor = table.getScanIndex(session).find(session, null, null, false);
        while (cursor.next()) {
            numbers.add(cursor.get().getKey());
        }
        long number = ids.nextRange();
        for (long old : numbers) {
            Row row = table.getRow(session, old);
            Value[] values = row.getValueList().clone();
            table.removeRow(session, row);
            Row same = table.getRowFactory().createRow(values, Row.MEMORY_CALCULATE);
            same.setKey(++number);
            table.addRow(session, same);
        }
    }
}

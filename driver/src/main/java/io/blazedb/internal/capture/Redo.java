package io.blazedb.internal.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Brings H2 from the state of its last checkpoint to the end of the log: every row that a logged transaction touched
 * gets the last image that the log has of it, below SQL and without checks, since the log only has what was checked.
 *
 * <p>The catalogue is rows too, so a changed schema is no more than rows and a new start of H2, which reads them. The
 * touched rows are taken out before and put back after it: what lies between, rows that nobody touched, breaks neither
 * the old constraints nor the new ones. For one thread, while nobody else has the database.
 */
public final class Redo {
    /** Starts H2 anew on what has been written, and answers a session of the new start. */
    public interface Restart {
        H2Engine restart(H2Engine engine);
    }

    private final Restart restart;
    private final BlobAccess blobs;
    private H2Engine engine;

    /** The last image of each row touched, by table and row key; null: gone. */
    private final Map<Integer, Map<Long, @Nullable Image>> tables = new HashMap<>();

    private final Map<Long, @Nullable Image> catalogue = new LinkedHashMap<>();

    /** Objects that were dropped; another one may have got the number since. */
    private final Set<Long> dropped = new HashSet<>();

    private final Map<Long, List<RecordInput>> pieces = new HashMap<>();
    private final Map<Long, List<Part>> unended = new HashMap<>();
    private long rows;

    /** A transaction of a statement. */
    private record Part(long lsn, TransactionRecord record) {}

    /** Where the values of a row stand. */
    private record Image(RecordInput in, int position, int columns) {}

    public Redo(H2Engine engine, BlobAccess blobs, Restart restart) {
        this.engine = engine;
        this.blobs = blobs;
        this.restart = restart;
    }

    /** A piece of a transaction that may end later, or never. */
    public void piece(byte[] payload) {
        TransactionRecord record = TransactionRecord.read(payload);
        if (!record.ofTrailer()) {
            pieces.computeIfAbsent(record.tag(), tag -> new ArrayList<>()).add(record.body());
        }
    }

    /** A transaction that was committed, or the end of a statement that committed several. */
    public void transaction(long lsn, TransactionRecord record) {
        if (record.statement() == 0) {
            redo(record);
        } else if (record.endsStatement()) {
            List<Part> parts = unended.remove(record.statement());
            if (parts != null) {
                parts.forEach(part -> redo(part.record()));
            }
        } else {
            unended.computeIfAbsent(record.statement(), name -> new ArrayList<>())
                    .add(new Part(lsn, record));
        }
    }

    /** Operations of statements that did not end: their numbers are drawn, their changes never happened. */
    public List<Long> voidOperations() {
        List<Long> found = new ArrayList<>();
        unended.values()
                .forEach(parts -> parts.forEach(part -> {
                    if (part.record().seq() > 0) {
                        found.add(part.lsn());
                    }
                }));
        return found;
    }

    private void redo(TransactionRecord record) {
        List<RecordInput> before = record.tag() == 0 ? null : pieces.remove(record.tag());
        if (before != null) {
            before.forEach(this::take);
        }
        take(record.body());
    }

    private void take(RecordInput body) {
        EffectReader effect = new EffectReader(body);
        while (effect.nextBlock()) {
            boolean ofCatalogue = effect.tableId() == CapturedTable.CATALOGUE;
            Map<Long, @Nullable Image> images =
                    ofCatalogue ? catalogue : tables.computeIfAbsent(effect.tableId(), id -> new HashMap<>());
            while (effect.nextRow()) {
                rows++;
                effect.skipOldValues();
                Image image = effect.isGone() ? null : new Image(body, body.position(), effect.columns());
                effect.skipImage();
                images.put(effect.key(), image);
                if (ofCatalogue && image == null) {
                    dropped.add(effect.key());
                    tables.remove((int) effect.key());
                }
            }
        }
    }

    /** How many row images the log had. */
    public long rows() {
        return rows;
    }

    /** Writes everything; the engine is another one afterwards if the catalogue was touched. */
    public H2Engine finish() {
        SessionLocal session = session();
        for (Map.Entry<Integer, Map<Long, @Nullable Image>> entry : tables.entrySet()) {
            takeOut(session, entry.getKey(), entry.getValue());
        }
        if (!catalogue.isEmpty()) {
            writeCatalogue(session);
            engine.save();
            engine = restart.restart(engine);
            session = session();
        }
        for (Map.Entry<Integer, Map<Long, @Nullable Image>> entry : tables.entrySet()) {
            MVTable table = tableOf(entry.getKey());
            if (table != null) {
                putIn(session, table, entry.getValue());
            }
        }
        session.commit(false);
        session.close();
        return engine;
    }

    private @Nullable MVTable tableOf(int id) {
        return engine.database().getStore().getTable("table." + id);
    }

    private void takeOut(SessionLocal session, int id, Map<Long, @Nullable Image> images) {
        MVTable table = dropped.contains((long) id) ? null : tableOf(id);
        if (table != null) {
            takeOut(session, table, images);
        }
    }

    private SessionLocal session() {
        try {
            return engine.openSystemSession();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void takeOut(SessionLocal session, MVTable table, Map<Long, @Nullable Image> images) {
        for (Long key : images.keySet()) {
            Row old = rowAt(session, table, key);
            if (old != null) {
                table.removeRow(session, old);
            }
        }
    }

    private void putIn(SessionLocal session, MVTable table, Map<Long, @Nullable Image> images) {
        ValueCodec codec = new ValueCodec(blobs, engine.database().getLobStorage(), session);
        Column[] columns = table.getColumns();
        images.forEach((key, image) -> {
            if (image != null) {
                checkColumns(table, columns.length, image);
                Value[] values = new Value[columns.length];
                RecordInput in = image.in();
                in.position(image.position());
                for (int i = 0; i < values.length; i++) {
                    values[i] = codec.read(in, columns[i].getType());
                }
                Row row = table.getRowFactory().createRow(values, Row.MEMORY_CALCULATE);
                row.setKey(key);
                table.addRow(session, row);
            }
        });
    }

    private static void checkColumns(MVTable table, int columns, Image image) {
        if (image.columns() != columns) {
            throw new IllegalStateException("The log has a row of " + image.columns() + " columns for the table "
                    + table.getTraceSQL() + ", which has " + columns + ": the log is not of this database file");
        }
    }

    private void writeCatalogue(SessionLocal session) {
        MVTable meta = engine.catalogue();
        meta.lock(session, Table.EXCLUSIVE_LOCK);
        takeOut(session, meta, catalogue);
        putIn(session, meta, catalogue);
        session.commit(true);
        forgetDropped();
    }

    /** The maps of objects that are gone, so that a later object with the same number does not find their rows. */
    private void forgetDropped() {
        for (long id : dropped) {
            removeMap("table." + id);
            removeMap("index." + id);
        }
    }

    private void removeMap(String name) {
        if (engine.store().hasMap(name)) {
            engine.store().removeMap(name);
        }
    }

    static @Nullable Row rowAt(SessionLocal session, MVTable table, long key) {
        Index scan = table.getScanIndex(session);
        SearchRow at = table.getRowFactory().createRow();
        at.setKey(key);
        Cursor cursor = scan.find(session, at, at, false);
        return cursor.next() ? cursor.get() : null;
    }
}

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
 * Brings H2 from the state of its last checkpoint to the end of the log: every row that a logged transaction touched gets
 * the last image that the log has of it, below SQL and without checks, since the log only has what was checked.
 *
 * <p>The catalogue is rows too. Rows that come after a change of the schema can only be written once H2 has read the new
 * catalogue, so the records are taken in stretches: rows, then catalogue, then a new start of H2, and so on. For one
 * thread, while nobody else has the database.
 */
public final class Redo {
    /** Starts H2 anew on what has been written, and answers a session of the new start. */
    public interface Restart {
        H2Engine restart(H2Engine engine);
    }

    private final Restart restart;
    private final BlobAccess blobs;
    private H2Engine engine;
    private Stretch before = new Stretch();
    private final Map<Long, @Nullable Image> catalogue = new LinkedHashMap<>();
    private final Set<Long> dropped = new HashSet<>();
    private Stretch after = new Stretch();
    private final Map<Long, List<RecordInput>> pieces = new HashMap<>();
    private final Map<Long, List<Part>> unended = new HashMap<>();
    private long rows;

    /** A transaction of a statement. */
    private record Part(long lsn, TransactionRecord record) {}

    /** Where the values of a row stand. */
    private record Image(RecordInput in, int position, int columns) {}

    /** The last image of each row touched, by table and row key; null: gone. */
    private static final class Stretch {
        private final Map<Integer, Map<Long, @Nullable Image>> tables = new HashMap<>();

        Map<Long, @Nullable Image> of(int tableId) {
            return tables.computeIfAbsent(tableId, id -> new HashMap<>());
        }
    }

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
        unended.values().forEach(parts -> parts.forEach(part -> {
            if (part.record().seq() > 0) {
                found.add(part.lsn());
            }
        }));
        return found;
    }

    private void redo(TransactionRecord record) {
        List<RecordInput> bodies = record.tag() == 0 ? null : pieces.remove(record.tag());
        List<RecordInput> all = new ArrayList<>(bodies == null ? List.of() : bodies);
        all.add(record.body());
        if (record.changesSchema() && !after.tables.isEmpty()) {
            flush();
        }
        for (RecordInput body : all) {
            take(body, record.changesSchema() || !catalogue.isEmpty() ? after : before);
        }
    }

    private void take(RecordInput body, Stretch stretch) {
        EffectReader effect = new EffectReader(body);
        while (effect.nextBlock()) {
            Map<Long, @Nullable Image> images =
                    effect.tableId() == CapturedTable.CATALOGUE ? catalogue : stretch.of(effect.tableId());
            while (effect.nextRow()) {
                rows++;
                effect.skipOldValues();
                Image image = effect.isGone() ? null : new Image(body, body.position(), effect.columns());
                effect.skipImage();
                images.put(effect.key(), image);
                if (image == null && effect.tableId() == CapturedTable.CATALOGUE) {
                    dropped.add(effect.key());
                }
            }
        }
    }

    /** Writes what has not been written yet; the engine may be another one then. */
    public H2Engine finish() {
        flush();
        flush();
        return engine;
    }

    /** How many row images the log had. */
    public long rows() {
        return rows;
    }

    private void flush() {
        SessionLocal session = session();
        write(session, before);
        if (!catalogue.isEmpty()) {
            writeCatalogue(session);
            engine.save();
            engine = restart.restart(engine);
            catalogue.clear();
        } else {
            session.close();
        }
        before = after;
        after = new Stretch();
    }

    private SessionLocal session() {
        try {
            return engine.openSystemSession();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(SessionLocal session, Stretch stretch) {
        stretch.tables.forEach((id, images) -> {
            MVTable table = engine.database().getStore().getTable("table." + id);
            if (table != null) {
                write(session, table, images);
            }
        });
        session.commit(false);
    }

    private void write(SessionLocal session, MVTable table, Map<Long, @Nullable Image> images) {
        ValueCodec codec = new ValueCodec(blobs, engine.database().getLobStorage(), session);
        for (Long key : images.keySet()) {
            Row old = rowAt(session, table, key);
            if (old != null) {
                table.removeRow(session, old);
            }
        }
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
        write(session, meta, catalogue);
        session.commit(true);
        forgetDropped();
    }

    /** The maps of objects that are gone, so that a later object with the same number does not find their rows. */
    private void forgetDropped() {
        for (long id : dropped) {
            removeMap("table." + id);
            removeMap("index." + id);
        }
        dropped.clear();
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

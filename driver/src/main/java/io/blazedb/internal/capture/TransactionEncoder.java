package io.blazedb.internal.capture;

import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.tx.ChangeVisitor;
import org.h2.result.Row;
import org.h2.util.HasSQL;
import org.h2.value.Value;
import org.h2.value.ValueLob;
import org.h2.value.lob.LobDataDatabase;

/**
 * Writes what a transaction changed as the body of a record; see {@link RecordLayout}. For one thread; reused from
 * transaction to transaction.
 */
final class TransactionEncoder implements ChangeVisitor {
    /** A body that has grown past this goes to the log as a piece of its own. */
    static final int PIECE_BYTES = 4 * 1024 * 1024;

    private static final int BUFFER_BYTES_KEPT = 1024 * 1024;
    private static final int META_TYPE_COLUMN = 2;

    private final TableDirectory tables;
    private final ValueCodec codec;
    private final Consumer<RecordBuffer> pieces;
    private final KeyTouches touches = new KeyTouches();
    private RecordBuffer out = new RecordBuffer(1024);
    private CapturedTable table = CapturedTable.IGNORED;
    private boolean blockOpen;
    private boolean changesSchema;
    private boolean changesSynced;
    private boolean empty;
    private boolean guarded;
    private int headerBytes;

    /** @param pieces takes the body so far, header included, when it is long enough for a record of its own */
    TransactionEncoder(TableDirectory tables, ValueCodec codec, Consumer<RecordBuffer> pieces) {
        this.tables = tables;
        this.codec = codec;
        this.pieces = pieces;
    }

    /** Begins a transaction; the first bytes are left free for its header. */
    void begin(int newHeaderBytes) {
        if (out.array().length > BUFFER_BYTES_KEPT) {
            out = new RecordBuffer(1024);
        }
        headerBytes = newHeaderBytes;
        out.length(headerBytes);
        table = CapturedTable.IGNORED;
        blockOpen = false;
        changesSchema = false;
        changesSynced = false;
        touches.clear();
        empty = true;
        guarded = false;
    }

    /** Whether what is encoded is an application's, and has to keep to the rules of its tables. */
    void guarded(boolean byApplication) {
        guarded = byApplication;
    }

    /** Ends the body and answers the buffer. */
    RecordBuffer end() {
        closeBlock();
        out.putVarint(RecordLayout.END_OF_BODY);
        return out;
    }

    boolean isEmpty() {
        return empty;
    }

    boolean changesSchema() {
        return changesSchema;
    }

    boolean changesSynced() {
        return changesSynced;
    }

    /** The foreign keys that the transaction had to do with. */
    KeyTouches touches() {
        return touches;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean wants(MVMap<?, ?> map) {
        CapturedTable next = tables.of(map);
        if (!next.isCaptured()) {
            return false;
        }
        if (next != table) {
            closeBlock();
            table = next;
        }
        return true;
    }

    @Override
    public void changed(long key, Object before, Object after) {
        Row old = (Row) before;
        Row now = (Row) after;
        if (guarded && now != null) {
            table.guard().check(old, now);
        }
        if (!table.foreignKeys().isEmpty()) {
            touches.note(table.foreignKeys(), old, now);
        }
        if (old == null) {
            inserted(key, now);
        } else if (now == null) {
            deleted(key, old);
        } else {
            updated(key, old, now);
        }
        if (out.length() > PIECE_BYTES) {
            closeBlock();
            out.putVarint(RecordLayout.END_OF_BODY);
            pieces.accept(out);
            out.length(headerBytes);
        }
    }

    private void inserted(long key, Row now) {
        openBlock(now);
        out.putByte(RecordLayout.INSERT);
        out.putSigned(key);
        putValues(now);
    }

    private void deleted(long key, Row old) {
        openBlock(old);
        if (table.definition() == 0) {
            out.putByte(RecordLayout.DELETE);
            out.putSigned(key);
        } else {
            out.putByte(RecordLayout.DELETE_WITH_IMAGE);
            out.putSigned(key);
            putValues(old);
        }
    }

    private void updated(long key, Row old, Row now) {
        int columns = now.getColumnCount();
        if (old.getColumnCount() != columns) {
            inserted(key, now);
            return;
        }
        if (sameRows(old, now)) {
            return;
        }
        openBlock(now);
        out.putByte(RecordLayout.UPDATE);
        out.putSigned(key);
        for (int first = 0; first < columns; first += Byte.SIZE) {
            int bits = 0;
            for (int i = first; i < Math.min(columns, first + Byte.SIZE); i++) {
                if (!same(old.getValue(i), now.getValue(i))) {
                    bits |= 1 << (i - first);
                }
            }
            out.putByte(bits);
        }
        if (table.definition() != 0) {
            out.putByte(RecordLayout.WITH_OLD_VALUES);
            putChanged(old, now);
        } else {
            out.putByte(RecordLayout.WITHOUT_OLD_VALUES);
        }
        putValues(now);
    }

    /** The values that an update of a synced row replaced: a key that changed, and what a conflict may show. */
    private void putChanged(Row old, Row now) {
        for (int i = 0; i < now.getColumnCount(); i++) {
            if (!same(old.getValue(i), now.getValue(i))) {
                codec.write(old.getValue(i), out);
            }
        }
    }

    private void putValues(Row row) {
        for (int i = 0, n = row.getColumnCount(); i < n; i++) {
            codec.write(row.getValue(i), out);
        }
    }

    private void openBlock(Row row) {
        empty = false;
        changesSynced |= table.definition() != 0;
        if (table.isCatalogue() && row.getValue(META_TYPE_COLUMN).getInt() != RecordLayout.META_SEQUENCE) {
            changesSchema = true;
        }
        if (!blockOpen) {
            out.putVarint(table.id() + 1L);
            out.putVarint(table.definition());
            out.putVarint(row.getColumnCount());
            blockOpen = true;
        }
    }

    private void closeBlock() {
        if (blockOpen) {
            out.putByte(RecordLayout.END_OF_BLOCK);
            blockOpen = false;
        }
    }

    private static boolean sameRows(Row a, Row b) {
        for (int i = 0, n = a.getColumnCount(); i < n; i++) {
            if (!same(a.getValue(i), b.getValue(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether two values are one, spelled alike too: texts that ignore case and decimals with more zeros are equal and
     * not the same. Large objects are compared by where they are kept, never by reading them.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Value a, Value b) {
        if (a == b) {
            return true;
        }
        if (a instanceof ValueLob x && b instanceof ValueLob y) {
            return x.getLobData() instanceof LobDataDatabase p
                    && y.getLobData() instanceof LobDataDatabase q
                    && p.getLobId() == q.getLobId();
        }
        if (a.getValueType() != b.getValueType()) {
            return false;
        }
        return switch (a.getValueType()) {
            case Value.VARCHAR_IGNORECASE -> a.getString().equals(b.getString());
            case Value.NUMERIC ->
                a.equals(b) && a.getBigDecimal().scale() == b.getBigDecimal().scale();
            case Value.DECFLOAT, Value.ARRAY, Value.ROW ->
                a.equals(b) && a.getSQL(HasSQL.DEFAULT_SQL_FLAGS).equals(b.getSQL(HasSQL.DEFAULT_SQL_FLAGS));
            default -> a.equals(b);
        };
    }
}

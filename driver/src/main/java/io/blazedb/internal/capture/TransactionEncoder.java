package io.blazedb.internal.capture;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import org.h2.message.DbException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.ChangeVisitor;
import org.h2.result.Row;
import org.h2.util.HasSQL;
import org.h2.value.Value;
import org.h2.value.ValueLob;
import org.jspecify.annotations.Nullable;

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
    private long valueBytesMax;

    /** @param pieces takes the body so far, header included, when it is long enough for a record of its own */
    TransactionEncoder(TableDirectory tables, ValueCodec codec, Consumer<RecordBuffer> pieces) {
        this.tables = tables;
        this.codec = codec;
        this.pieces = pieces;
    }

    /**
     * Begins a transaction; the first bytes are left free for its header.
     *
     * @param ofApplication whether its large objects and the merge rules are looked at: what a peer sends has been
     */
    void begin(int newHeaderBytes, boolean ofApplication) {
        valueBytesMax = ofApplication ? tables.valueBytesMax() : Long.MAX_VALUE;
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
        guarded = ofApplication;
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
            table.guard().check(key, old, now);
        }
        if (!table.foreignKeys().isEmpty()) {
            touches.note(table.foreignKeys(), old, now);
        }
        if (table.definition() != 0 && now != null) {
            checkSizes(old, now);
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

    /** What was there before is not looked at: it is not sent again. */
    private void checkSizes(@Nullable Row old, Row now) {
        for (int i = 0, n = now.getColumnCount(); i < n; i++) {
            if (now.getValue(i) instanceof ValueLob lob
                    && lob.octetLength() > valueBytesMax
                    && (old == null || i >= old.getColumnCount() || !same(old.getValue(i), lob))) {
                throw DbException.convert(tooLarge(i, lob.octetLength()));
            }
        }
    }

    private SQLException tooLarge(int column, long bytes) {
        MVTable written = Objects.requireNonNull(table.table());
        return SqlState.VALUE_TOO_LARGE.error("Column "
                + written.getColumn(column).getTraceSQL() + " of table "
                + written.getTraceSQL() + " would get a value of " + bytes + " bytes; in a synced table at most "
                + valueBytesMax + " are allowed (" + ConnectionProperty.SYNC_VALUE_MAX.key()
                + "). The transaction was rolled back. Remedy: write a smaller value, or open the database with a"
                + " larger " + ConnectionProperty.SYNC_VALUE_MAX.key() + ".");
    }

    private void inserted(long key, Row now) {
        openBlock(now);
        changesSchema |= table.isCatalogue(); // a new sequence too; that it counts is an update
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

    private boolean sameRows(Row a, Row b) {
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
    private boolean same(Value a, Value b) {
        if (a == b) {
            return true;
        }
        if (a instanceof ValueLob x && b instanceof ValueLob y) {
            return tables.lobs().same(x, y);
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

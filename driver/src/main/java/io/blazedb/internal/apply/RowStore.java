package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.internal.node.RowKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.TableValues;
import io.blazedb.sync.internal.merge.RowValues;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.constraint.Constraint;
import org.h2.engine.SessionLocal;
import org.h2.expression.Expression;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.schema.Schema;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes single rows below SQL: no trigger, no foreign key action, no default on update runs. For the thread
 * that has the session.
 */
final class RowStore {
    private final SessionLocal session;
    private final ValueCodec codec;
    private final RowKeys keys;

    RowStore(SessionLocal session, ValueCodec codec, RowKeys keys) {
        this.session = session;
        this.codec = codec;
        this.keys = keys;
    }

    RowKeys keys() {
        return keys;
    }

    /**
     * The table of that name as it is now, kept from DDL until the transaction ends; null when there is none.
     *
     * @throws DbException with the code of a lock's timeout when DDL replaced it meanwhile
     */
    @SuppressWarnings("ReferenceEquality") // ALTER TABLE may put another object in its place
    @Nullable
    MVTable use(String schema, String name) {
        MVTable table = current(schema, name);
        if (table != null) {
            table.lock(session, Table.WRITE_LOCK);
            if (current(schema, name) != table) {
                throw DbException.get(ErrorCode.LOCK_TIMEOUT_1, name);
            }
        }
        return table;
    }

    /**
     * The table of that name, which nobody else reads or writes until the transaction ends.
     *
     * @throws DbException when there is none, or with the code of a lock's timeout
     */
    @SuppressWarnings("ReferenceEquality") // ALTER TABLE may put another object in its place
    MVTable useAlone(String schema, String name) {
        MVTable table = current(schema, name);
        if (table == null) {
            throw DbException.get(ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1, name);
        }
        table.lock(session, Table.EXCLUSIVE_LOCK);
        if (current(schema, name) != table) {
            throw DbException.get(ErrorCode.LOCK_TIMEOUT_1, name);
        }
        return table;
    }

    private @Nullable MVTable current(String schemaName, String name) {
        Schema schema = session.getDatabase().findSchema(schemaName);
        return schema != null && schema.findTableOrView(session, name) instanceof MVTable table ? table : null;
    }

    /** The row with a key, null when there is none. */
    @Nullable
    Row find(SyncedTable.Layout layout, byte[] key) {
        return keys.find(session, layout, key);
    }

    /** The row that H2 has under a number. */
    Row at(SyncedTable.Layout layout, long number) {
        return layout.table().getRow(session, number);
    }

    /** The rows from a key on. */
    Cursor after(SyncedTable.Layout layout, byte @Nullable [] key) {
        return keys.from(session, layout, key);
    }

    /** The first row with these values in the columns of the index. */
    @Nullable
    Row first(Index index, SearchRow wanted) {
        Cursor cursor = index.find(session, wanted, wanted, false);
        return cursor.next() ? cursor.get() : null;
    }

    Cursor all(Index index, SearchRow wanted) {
        return index.find(session, wanted, wanted, false);
    }

    /** Locks the row and answers it as it is then; null when it is gone. */
    @Nullable
    Row lock(SyncedTable.Layout layout, Row row, int waitMillis) {
        return layout.table().lockRow(session, row, waitMillis);
    }

    /** The values of a row by the numbers of its columns, encoded when asked for. */
    RowValues values(SyncedTable.Layout layout, Row row) {
        return new TableValues(codec, layout, row);
    }

    byte[] encode(Value value) {
        RecordBuffer out = new RecordBuffer(32);
        codec.write(value, out);
        return out.toByteArray();
    }

    /**
     * What a row that is older than a column has in it, the same on every node: a constant default or NULL. A default
     * that every node would compute for itself is nobody's value.
     */
    byte[] initial(SyncedTable.Layout layout, int ordinal) {
        Column column = layout.table().getColumn(ordinal);
        Expression value = column.getEffectiveDefaultExpression();
        boolean constant = value != null && value.isConstant() && !column.isIdentity();
        return encode(constant ? assigned(column, value.getValue(session)) : ValueNull.INSTANCE);
    }

    /** As it stands in a row: with the scale and the length of the column. */
    private Value assigned(Column column, Value value) {
        return value.convertForAssignTo(column.getType(), session, column);
    }

    /** Whether a value that nobody has written would be another one on each node. */
    private static boolean differsByNode(Column column) {
        Expression value = column.getEffectiveDefaultExpression();
        return column.isNullable() && value != null && !value.isConstant();
    }

    /** A new row from values by column number; columns that are not known get what {@link #initial} says. */
    Row newRow(SyncedTable.Layout layout, byte[] key, RowValues values) {
        Row row = layout.table().getRowFactory().createRow(new Value[layout.columns()], Row.MEMORY_CALCULATE);
        keys.set(layout, key, row);
        for (int i = 0; i < layout.columns(); i++) {
            byte[] bytes = layout.generated().get(i)
                    ? RowValues.UNKNOWN
                    : values.value(layout.numbers().get(i));
            if (bytes.length > 0) { // the key's own values say how the key is spelled here
                row.setValue(i, decode(layout, i, bytes));
            } else if (row.getValue(i) == null) {
                row.setValue(i, unknown(layout, i));
            }
        }
        layout.table().convertUpdateRow(session, row, true);
        return row;
    }

    /** Null has H2 take the default. */
    private static @Nullable Value unknown(SyncedTable.Layout layout, int ordinal) {
        return differsByNode(layout.table().getColumn(ordinal)) ? ValueNull.INSTANCE : null;
    }

    /** A copy of a row with some values replaced. */
    Row changedRow(SyncedTable.Layout layout, Row old, int[] numbers, RowValues values) {
        Value[] all = new Value[layout.columns()];
        for (int i = 0; i < all.length; i++) {
            all[i] = layout.generated().get(i) ? null : old.getValue(i);
        }
        for (int number : numbers) {
            int ordinal = layout.ordinalOf(number);
            if (ordinal >= 0 && !layout.generated().get(ordinal)) {
                all[ordinal] = decode(layout, ordinal, values.value(number));
            }
        }
        Row row = layout.table().getRowFactory().createRow(all, Row.MEMORY_CALCULATE);
        layout.table().convertUpdateRow(session, row, true);
        row.setKey(old.getKey());
        return row;
    }

    /** The values as they are, whatever the table demands; for comparing keys, not for writing. */
    Row looseRow(SyncedTable.Layout layout, byte[] key, RowValues values) {
        Row row = layout.table().getRowFactory().createRow(new Value[layout.columns()], Row.MEMORY_CALCULATE);
        for (int i = 0; i < layout.columns(); i++) {
            byte[] bytes = layout.generated().get(i)
                    ? RowValues.UNKNOWN
                    : values.value(layout.numbers().get(i));
            row.setValue(i, bytes.length == 0 ? ValueNull.INSTANCE : looseValue(layout, i, bytes));
        }
        keys.set(layout, key, row);
        return row;
    }

    private Value looseValue(SyncedTable.Layout layout, int ordinal, byte[] bytes) {
        try {
            return decode(layout, ordinal, bytes);
        } catch (DbException e) {
            if (isViolation(e)) {
                return ValueNull.INSTANCE; // a value that the column cannot hold is like no other
            }
            throw e;
        }
    }

    /** Whether a row cannot be in its table because of its values: SQLSTATE classes 22 and 23. */
    static boolean isViolation(DbException e) {
        String state = e.getSQLException().getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Throws what H2 throws when a condition of the table is false. */
    void check(SyncedTable.Layout layout, List<Constraint> conditions, Row row) {
        for (Constraint condition : conditions) {
            condition.checkRow(session, layout.table(), null, row);
        }
    }

    /** The row with NULL in some columns, and the key of another. */
    Row shown(SyncedTable.Layout layout, Row row, BitSet nulls, @Nullable Row stored) {
        if (nulls.isEmpty() && (stored == null || row.getKey() == stored.getKey())) {
            return row;
        }
        Row copy = layout.table().getRowFactory().createRow(row.getValueList().clone(), Row.MEMORY_CALCULATE);
        nulls.stream().forEach(ordinal -> copy.setValue(ordinal, ValueNull.INSTANCE));
        copy.setKey(stored == null ? row.getKey() : stored.getKey());
        return copy;
    }

    @SuppressWarnings("ReferenceEquality") // H2 has one NULL
    private Value decode(SyncedTable.Layout layout, int ordinal, byte[] bytes) {
        Column column = layout.table().getColumn(ordinal);
        Value value = codec.read(new RecordInput(bytes), column.getType());
        return value == ValueNull.INSTANCE ? value : column.convert(session, value);
    }

    /** The sum of two numbers as the column has them; a NULL counts as 0. */
    byte[] sum(SyncedTable.Layout layout, int ordinal, byte[] one, byte[] other) {
        Column column = layout.table().getColumn(ordinal);
        BigDecimal sum = number(one).add(number(other));
        return encode(column.convert(session, ValueNumeric.getAnyScale(sum)));
    }

    @SuppressWarnings("ReferenceEquality") // H2 has one NULL
    private BigDecimal number(byte[] bytes) {
        Value value = codec.read(new RecordInput(bytes), TypeInfo.TYPE_UNKNOWN);
        return value == ValueNull.INSTANCE ? BigDecimal.ZERO : value.getBigDecimal();
    }

    /** A value as the column has it now, whatever type it had when it was written down. */
    byte[] canonical(SyncedTable.Layout layout, int ordinal, byte[] bytes) {
        return encode(decode(layout, ordinal, bytes));
    }

    void insert(SyncedTable.Layout layout, Row row) {
        layout.table().addRow(session, row);
    }

    void update(SyncedTable.Layout layout, Row old, Row now) {
        layout.table().updateRow(session, old, now);
    }

    void remove(SyncedTable.Layout layout, Row row) {
        layout.table().removeRow(session, row);
    }
}

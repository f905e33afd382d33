package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.schema.Sameness;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnRules;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.h2.mvstore.db.MVTable;
import org.jspecify.annotations.Nullable;

/**
 * A table by its name and the kind of its key, for as long as the database lives: it and its columns have numbers that
 * stay the same through ALTER TABLE, so what is known about versions stays true. A column that comes to have values of
 * another kind gets another number, and a table that gets another key is another one. Safe for use by several threads.
 */
public final class SyncedTable {
    private final int number;
    private final String schema;
    private final String name;
    private final String keyKind;
    private final List<ColumnName> columnNames;
    private volatile long floor;
    private BitSet base;
    private volatile @Nullable Layout layout;

    /** What makes two columns one, see {@link Sameness}. */
    public record ColumnName(String name, String kind) {
        public static ColumnName of(ColumnDefinition column) {
            return new ColumnName(column.name(), Sameness.ofColumn(column));
        }
    }

    /**
     * The table as it is now.
     *
     * @param key ordinals of the primary key's columns; none where rows go by their row ids
     * @param numbers number of the column at each ordinal
     * @param rules the merge rules by the numbers of the columns
     * @param groups of each ordinal, the ordinals that are written together with it; null when it stands alone
     */
    public record Layout(
            MVTable table,
            TableDefinition definition,
            Ordinals key,
            Ordinals numbers,
            Groups groups,
            BitSet generated,
            ColumnRules rules) {
        /** The ordinal of a column number, negative when the table does not have the column any more. */
        public int ordinalOf(int number) {
            return numbers.indexOf(number);
        }

        public int columns() {
            return numbers.size();
        }

        /** Whether rows go by their row ids, since there is no primary key. */
        public boolean isKeyless() {
            return key.size() == 0;
        }

        /** The number of the column of that name, negative when the table has none. */
        public int numberOf(String columnName) {
            for (int i = 0; i < columns(); i++) {
                if (definition.columns().get(i).name().equals(columnName)) {
                    return numbers.get(i);
                }
            }
            return -1;
        }
    }

    /** Small numbers in an order. */
    public static final class Ordinals {
        private final int[] values;

        public Ordinals(int[] values) {
            this.values = values;
        }

        public int get(int index) {
            return values[index];
        }

        public int size() {
            return values.length;
        }

        public int indexOf(int value) {
            if (value < values.length && values[value] == value) {
                return value;
            }
            for (int i = 0; i < values.length; i++) {
                if (values[i] == value) {
                    return i;
                }
            }
            return -1;
        }

        public boolean isIdentity() {
            for (int i = 0; i < values.length; i++) {
                if (values[i] != i) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    SyncedTable(int number, String schema, String name, String keyKind) {
        this(number, schema, name, keyKind, List.of(), new BitSet());
    }

    private SyncedTable(
            int number, String schema, String name, String keyKind, List<ColumnName> columnNames, BitSet base) {
        this.number = number;
        this.schema = schema;
        this.name = name;
        this.keyKind = keyKind;
        this.columnNames = new ArrayList<>(columnNames);
        this.base = base;
    }

    /** As another node has it: nothing but names and numbers. */
    public static SyncedTable of(
            int number, String schema, String name, String keyKind, List<ColumnName> columns, long floor) {
        SyncedTable table = new SyncedTable(number, schema, name, keyKind, columns, new BitSet());
        table.floor(floor);
        return table;
    }

    static SyncedTable read(int number, byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        String schema = in.readString();
        String name = in.readString();
        String keyKind = in.readString();
        int count = in.readCount();
        List<ColumnName> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(new ColumnName(in.readString(), in.readString()));
        }
        return new SyncedTable(number, schema, name, keyKind, columns, BitSet.valueOf(in.readBlock()));
    }

    synchronized byte[] toBytes() {
        RecordBuffer out = new RecordBuffer(128);
        out.putString(schema);
        out.putString(name);
        out.putString(keyKind);
        out.putVarint(columnNames.size());
        columnNames.forEach(column -> {
            out.putString(column.name());
            out.putString(column.kind());
        });
        out.putBlock(base.toByteArray());
        return out.toByteArray();
    }

    public int number() {
        return number;
    }

    public String schema() {
        return schema;
    }

    public String name() {
        return name;
    }

    /** Which tables of this name are this one: see {@link Sameness#ofKey}. */
    public String keyKind() {
        return keyKind;
    }

    /** Whether the other one, of another node, is this one. */
    public boolean isLike(SyncedTable other) {
        return schema.equals(other.schema) && name.equals(other.name) && keyKind.equals(other.keyKind);
    }

    /** The table as it is now, null when it is not there. */
    public @Nullable Layout layout() {
        return layout;
    }

    void layout(@Nullable Layout newLayout) {
        layout = newLayout;
    }

    /** The number of each column of a definition; columns never seen before get the next ones. */
    synchronized Ordinals numbersOf(TableDefinition definition) {
        int[] numbers = new int[definition.columns().size()];
        for (int i = 0; i < numbers.length; i++) {
            ColumnName column = ColumnName.of(definition.columns().get(i));
            int known = columnNames.indexOf(column);
            if (known < 0) {
                known = columnNames.size();
                columnNames.add(column);
            }
            numbers[i] = known;
        }
        return new Ordinals(numbers);
    }

    /**
     * The columns that the rows had which are here without anybody having written them as operations: those of the
     * first definition that this node gave of its own. Answers whether that is news.
     */
    synchronized boolean baseIs(Ordinals numbers) {
        if (!base.isEmpty()) {
            return false;
        }
        BitSet columns = new BitSet();
        for (int i = 0; i < numbers.size(); i++) {
            columns.set(numbers.get(i));
        }
        base = columns;
        return true;
    }

    /** V0: the state of a row that is here and that no operation has written. */
    public synchronized RowState baseState(Stamp stamp) {
        if (base.cardinality() == base.length()) {
            return RowState.base(stamp, base.length());
        }
        ColumnVersion[] versions = new ColumnVersion[base.length()];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = base.get(i) ? new ColumnVersion(Stamp.ZERO, 1, stamp) : ColumnVersion.ABSENT;
        }
        return RowState.of(new Life(Stamp.ZERO, 1), 1, versions, RowValues.NONE);
    }

    /** The number of another node's column of this table, negative when it never had it. */
    public synchronized int columnNumber(ColumnName column) {
        return columnNames.indexOf(column);
    }

    /** The highest causal length of a row that was deleted and forgotten. */
    public long floor() {
        return floor;
    }

    void floor(long newFloor) {
        floor = newFloor;
    }

    /**
     * The state of a row that nothing is known of. It may have been deleted and forgotten, here or by others: the next
     * life of it must be later than that one.
     */
    RowState absent() {
        return floor == 0 ? RowState.ABSENT : RowState.of(Life.NEVER, floor, new ColumnVersion[0], RowValues.NONE);
    }

    /** The number of the column that has this name here; of several that had it the last one, negative when none. */
    public int columnNumber(String columnName) {
        Layout now = layout;
        for (int i = 0; now != null && i < now.columns(); i++) {
            if (now.definition().columns().get(i).name().equals(columnName)) {
                return now.numbers().get(i);
            }
        }
        synchronized (this) {
            for (int i = columnNames.size() - 1; i >= 0; i--) {
                if (columnNames.get(i).name().equals(columnName)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** How many columns have numbers. */
    public synchronized int columnCount() {
        return columnNames.size();
    }

    /** What makes a column what it is, by its number. */
    public synchronized ColumnName column(int columnNumber) {
        return columnNames.get(columnNumber);
    }

    /** The name of a column by its number. */
    public String columnName(int columnNumber) {
        return column(columnNumber).name();
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}

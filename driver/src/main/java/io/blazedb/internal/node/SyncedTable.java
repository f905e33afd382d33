package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.h2.mvstore.db.MVTable;
import org.jspecify.annotations.Nullable;

/**
 * A table by its name, for as long as the database lives: it and its columns have numbers that stay the same through
 * ALTER TABLE, so what is known about versions stays true. Safe for use by several threads.
 */
public final class SyncedTable {
    private final int number;
    private final String schema;
    private final String name;
    private final List<String> columnNames;
    private volatile @Nullable Layout layout;

    /**
     * The table as it is now.
     *
     * @param key ordinals of the primary key's columns
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

    SyncedTable(int number, String schema, String name, List<String> columnNames) {
        this.number = number;
        this.schema = schema;
        this.name = name;
        this.columnNames = new ArrayList<>(columnNames);
    }

    static SyncedTable read(int number, byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        String schema = in.readString();
        String name = in.readString();
        int count = in.readCount();
        List<String> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(in.readString());
        }
        return new SyncedTable(number, schema, name, columns);
    }

    synchronized byte[] toBytes() {
        RecordBuffer out = new RecordBuffer(128);
        out.putString(schema);
        out.putString(name);
        out.putVarint(columnNames.size());
        columnNames.forEach(out::putString);
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
            ColumnDefinition column = definition.columns().get(i);
            int known = columnNames.indexOf(column.name());
            if (known < 0) {
                known = columnNames.size();
                columnNames.add(column.name());
            }
            numbers[i] = known;
        }
        return new Ordinals(numbers);
    }

    /** The number of a column by its name, negative when it never had it. */
    public synchronized int columnNumber(String columnName) {
        return columnNames.indexOf(columnName);
    }

    /** How many columns have numbers. */
    public synchronized int columnCount() {
        return columnNames.size();
    }

    /** The name of a column by its number. */
    public synchronized String columnName(int columnNumber) {
        return columnNames.get(columnNumber);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}

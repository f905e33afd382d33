package io.blazedb.sync;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;

/**
 * What one transaction did to one row, from before its first to after its last write of it.
 *
 * <p>A column that is not listed was not written. Values are canonical bytes that begin with their own type tag, so a
 * value, NULL included, has at least one byte; nothing here looks into them. Immutable; the arrays given belong to the
 * new object, and those it returns must not be written to.
 */
public final class RowChange {
    /** Longest row key. */
    public static final int KEY_BYTES_MAX = 1024;

    /** What was done. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        /** Puts new stamps on values that stay: a stream that has to be written again under a new origin. */
        RESTAMP
    }

    private static final int[] NO_COLUMNS = {};
    private static final byte[][] NO_VALUES = {};

    private final long tableId;
    private final byte[] key;
    private final Kind kind;
    private final Life life;
    private final int[] columns;
    private final WrittenVersions versions;
    private final byte[][] values;
    private final CounterDeltas counters;

    /** A change that touches no counter; see the other constructor. */
    public RowChange(
            long tableId, byte[] key, Kind kind, Life life, int[] columns, WrittenVersions versions, byte[][] values) {
        this(tableId, key, kind, life, columns, versions, values, CounterDeltas.NONE);
    }

    /**
     * @param tableId id of a table definition of the same origin
     * @param key the primary key in order-preserving canonical form
     * @param columns ordinals of the written columns in that definition, ascending
     * @param versions fence and causal length of each written column
     * @param values the new value of each written column
     * @param counters what is added to counters, none of which is a written column
     */
    public RowChange(
            long tableId,
            byte[] key,
            Kind kind,
            Life life,
            int[] columns,
            WrittenVersions versions,
            byte[][] values,
            CounterDeltas counters) {
        checkRow(tableId, key, kind, life);
        checkColumns(kind, columns, versions, values);
        checkCounters(kind, columns, counters);
        this.tableId = tableId;
        this.key = key;
        this.kind = kind;
        this.life = life;
        this.columns = columns;
        this.versions =
                columns.length == 0 ? WrittenVersions.uniform(life.fence(), Math.max(1, life.cause())) : versions;
        this.values = values;
        this.counters = counters;
    }

    /** The end of a row. */
    public static RowChange delete(long tableId, byte[] key, Life life) {
        WrittenVersions none = WrittenVersions.uniform(Stamp.ZERO, 1);
        return new RowChange(tableId, key, Kind.DELETE, life, NO_COLUMNS, none, NO_VALUES);
    }

    private static void checkRow(long tableId, byte[] key, Kind kind, Life life) {
        if (tableId < 0 || tableId > TableDefinition.ID_MAX) {
            throw new IllegalArgumentException(
                    "table id " + tableId + " (expected: 0 to " + TableDefinition.ID_MAX + ")");
        }
        if (key.length > KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "row key of " + key.length + " bytes (expected: <= " + KEY_BYTES_MAX + "); use a shorter key");
        }
        boolean fits = life.cause() > 0 && (kind == Kind.RESTAMP || life.alive() != (kind == Kind.DELETE));
        if (!fits) {
            throw new IllegalArgumentException(kind + " with causal length " + life.cause() + " (expected: "
                    + (kind == Kind.DELETE ? "even" : "odd") + ", >= 1)");
        }
    }

    private static void checkColumns(Kind kind, int[] columns, WrittenVersions versions, byte[][] values) {
        if (values.length != columns.length || (columns.length > 0 && !versions.fits(columns.length))) {
            throw new IllegalArgumentException(columns.length + " columns, " + values.length
                    + " values (expected: one value and one version per column)");
        }
        if (kind == Kind.DELETE && columns.length > 0) {
            throw new IllegalArgumentException("DELETE of " + columns.length + " columns (expected: none)");
        }
        int previous = -1;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] <= previous || columns[i] >= TableDefinition.COLUMNS_MAX) {
                throw new IllegalArgumentException("column " + columns[i] + " after " + previous
                        + " (expected: ascending, < " + TableDefinition.COLUMNS_MAX + ")");
            }
            if (values[i].length == 0) {
                throw new IllegalArgumentException("empty value of column " + columns[i] + " (expected: a type tag)");
            }
            previous = columns[i];
        }
    }

    private static void checkCounters(Kind kind, int[] columns, CounterDeltas counters) {
        if (kind == Kind.DELETE && counters.size() > 0) {
            throw new IllegalArgumentException("DELETE with " + counters.size() + " counters (expected: none)");
        }
        for (int i = 0; i < counters.size(); i++) {
            if (Arrays.binarySearch(columns, counters.column(i)) >= 0) {
                throw new IllegalArgumentException("column " + counters.column(i)
                        + " with a value and a delta (expected: a counter is added to, never written)");
            }
        }
    }

    public long tableId() {
        return tableId;
    }

    public byte[] key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    public Life life() {
        return life;
    }

    public WrittenVersions versions() {
        return versions;
    }

    /** How many columns are written. */
    public int size() {
        return columns.length;
    }

    /** The ordinal of the written column at that position. */
    public int column(int position) {
        return columns[position];
    }

    /** The value of the written column at that position. */
    public byte[] value(int position) {
        return values[position];
    }

    /** What is added to counters. */
    public CounterDeltas counters() {
        return counters;
    }

    /** Whether the written columns are 0, 1, 2 and so on without a gap. */
    public boolean isDense() {
        return columns.length == 0 || columns[columns.length - 1] == columns.length - 1;
    }

    /**
     * This change in another table's terms: a receiver's, which maps by name.
     *
     * @param ordinals ordinal here to ordinal there; negative leaves out the column, which the caller keeps
     */
    public RowChange mapped(long otherTableId, IntUnaryOperator ordinals) {
        if (isSame(ordinals)) {
            return otherTableId == tableId
                    ? this
                    : new RowChange(otherTableId, key, kind, life, columns, versions, values, counters);
        }
        int[] positions = new int[columns.length];
        long[] order = new long[columns.length];
        int kept = 0;
        for (int i = 0; i < columns.length; i++) {
            int ordinal = ordinals.applyAsInt(columns[i]);
            if (ordinal >= 0) {
                order[kept++] = ((long) ordinal << Integer.SIZE) | i;
            }
        }
        Arrays.sort(order, 0, kept);
        positions = Arrays.copyOf(positions, kept);
        int[] otherColumns = new int[kept];
        byte[][] otherValues = new byte[kept][];
        for (int i = 0; i < kept; i++) {
            positions[i] = (int) order[i];
            otherColumns[i] = (int) (order[i] >>> Integer.SIZE);
            otherValues[i] = values[positions[i]];
        }
        return new RowChange(
                otherTableId,
                key,
                kind,
                life,
                otherColumns,
                versions.select(positions),
                otherValues,
                counters.mapped(ordinals));
    }

    private boolean isSame(IntUnaryOperator ordinals) {
        for (int column : columns) {
            if (ordinals.applyAsInt(column) != column) {
                return false;
            }
        }
        for (int i = 0; i < counters.size(); i++) {
            if (ordinals.applyAsInt(counters.column(i)) != counters.column(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowChange that
                && tableId == that.tableId
                && kind == that.kind
                && Arrays.equals(key, that.key)
                && life.equals(that.life)
                && Arrays.equals(columns, that.columns)
                && versions.equals(that.versions)
                && Arrays.deepEquals(values, that.values)
                && counters.equals(that.counters);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(tableId) + Arrays.hashCode(key)) + Arrays.deepHashCode(values);
    }

    /** Names the row and the columns; values are the user's and stay out of messages. */
    @Override
    public String toString() {
        return kind + " table " + tableId + " key " + HexFormat.of().formatHex(key) + " life " + life + " columns "
                + Arrays.toString(columns) + " versions " + versions + (counters.size() == 0 ? "" : " " + counters);
    }
}

package io.blazedb.sync.internal.merge;

import java.util.Arrays;

/** Gives the values of one row, by the ordinals of its columns. Asked only for what a decision needs. */
public interface RowValues {
    /** Stands for a value that is not known; a known one, NULL included, has at least its type tag. */
    byte[] UNKNOWN = {};

    /** A row of which nothing is known. */
    RowValues NONE = of(new byte[0][]);

    /** All columns from this one on are unknown. */
    int size();

    /**
     * The canonical bytes of the value; {@link #UNKNOWN} when there is none, as for every column from {@link #size} on.
     * The array must not be written to.
     */
    byte[] value(int column);

    /** These values, which now belong to the result. */
    static RowValues of(byte[][] values) {
        return new RowValues() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public byte[] value(int column) {
                return column < values.length ? values[column] : UNKNOWN;
            }

            @Override
            public String toString() {
                return "values of " + values.length + " columns";
            }
        };
    }

    /** A copy of the values of the first {@code count} columns, or of all if there are more. */
    default byte[][] toArray(int count) {
        byte[][] copy = new byte[Math.max(count, size())][];
        Arrays.setAll(copy, this::value);
        return copy;
    }
}

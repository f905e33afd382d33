package io.blazedb.sync;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;

/**
 * What one change adds to the counters of a row. A column is here because the author's definition of the table has a
 * counter rule for it; a delta of zero says that the counter was written.
 *
 * <p>Deltas are exact and have one form: no trailing zeros. Immutable; the arrays given belong to the new object.
 */
public final class CounterDeltas {
    /** A change that touches no counter. */
    public static final CounterDeltas NONE = new CounterDeltas(new int[0], new BigDecimal[0]);

    /** Digits that H2's exact numbers can have, before or after the point. */
    public static final int DIGITS_MAX = 100_000;

    /** The most bits in so many digits. */
    private static final int BITS_MAX = 332_193;

    private final int[] columns;
    private final BigDecimal[] deltas;

    private CounterDeltas(int[] columns, BigDecimal[] deltas) {
        this.columns = columns;
        this.deltas = deltas;
    }

    /**
     * Deltas of some columns.
     *
     * @param columns ordinals, ascending
     * @param deltas one for each
     */
    public static CounterDeltas of(int[] columns, BigDecimal[] deltas) {
        if (columns.length != deltas.length) {
            throw new IllegalArgumentException(
                    columns.length + " counters and " + deltas.length + " deltas (expected: one each)");
        }
        int previous = -1;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] <= previous || columns[i] >= TableDefinition.COLUMNS_MAX) {
                throw new IllegalArgumentException("counter " + columns[i] + " after " + previous
                        + " (expected: ascending, < " + TableDefinition.COLUMNS_MAX + ")");
            }
            previous = columns[i];
            deltas[i] = checked(deltas[i]);
        }
        return columns.length == 0 ? NONE : new CounterDeltas(columns, deltas);
    }

    private static BigDecimal checked(BigDecimal delta) {
        if (!isSmall(delta)) {
            throw new IllegalArgumentException("a delta of scale " + delta.scale() + " and "
                    + delta.unscaledValue().bitLength() + " bits (expected: at most " + DIGITS_MAX
                    + " digits before and after the point)");
        }
        return delta.stripTrailingZeros();
    }

    /** Whether a number can be added to others without taking more memory than a value may. */
    public static boolean isSmall(BigDecimal number) {
        return Math.abs((long) number.scale()) <= DIGITS_MAX
                && number.unscaledValue().bitLength() <= BITS_MAX;
    }

    /** How many counters the change touches. */
    public int size() {
        return columns.length;
    }

    /** The ordinal of the counter at that position. */
    public int column(int position) {
        return columns[position];
    }

    /** What is added to the counter at that position. */
    public BigDecimal delta(int position) {
        return deltas[position];
    }

    /** The same deltas under other ordinals; those with a negative one are left out. */
    CounterDeltas mapped(IntUnaryOperator ordinals) {
        if (columns.length == 0) {
            return this;
        }
        record Delta(int column, BigDecimal delta) {}
        Delta[] kept = new Delta[columns.length];
        int count = 0;
        for (int i = 0; i < columns.length; i++) {
            int ordinal = ordinals.applyAsInt(columns[i]);
            if (ordinal >= 0) {
                kept[count++] = new Delta(ordinal, deltas[i]);
            }
        }
        Delta[] ordered = Arrays.copyOf(kept, count);
        Arrays.sort(ordered, Comparator.comparingInt(Delta::column));
        return of(
                Arrays.stream(ordered).mapToInt(Delta::column).toArray(),
                Arrays.stream(ordered).map(Delta::delta).toArray(BigDecimal[]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CounterDeltas that
                && Arrays.equals(columns, that.columns)
                && Arrays.equals(deltas, that.deltas);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(columns) + Arrays.hashCode(deltas);
    }

    /** Without the deltas: they are the user's and stay out of messages. */
    @Override
    public String toString() {
        return "counters " + Arrays.toString(columns);
    }
}

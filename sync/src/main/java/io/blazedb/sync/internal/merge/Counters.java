package io.blazedb.sync.internal.merge;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one row, by column. A column is here from the first change on that was made under a counter rule for
 * it; the value in its table is then the count, and the value that was written before is the counter's base. Immutable.
 */
public final class Counters {
    /** A row without counters. */
    public static final Counters NONE = new Counters(new TreeMap<>());

    private final SortedMap<Integer, Counter> byColumn;

    private Counters(SortedMap<Integer, Counter> byColumn) {
        this.byColumn = byColumn;
    }

    public static Counters of(Map<Integer, Counter> byColumn) {
        return byColumn.isEmpty() ? NONE : new Counters(new TreeMap<>(byColumn));
    }

    public boolean isEmpty() {
        return byColumn.isEmpty();
    }

    /** The columns, ascending. */
    public Set<Integer> columns() {
        return Collections.unmodifiableSet(byColumn.keySet());
    }

    /** The counter of a column, null when it has none. */
    public @Nullable Counter get(int column) {
        return byColumn.get(column);
    }

    Counter getOrEmpty(int column) {
        return byColumn.getOrDefault(column, Counter.EMPTY);
    }

    Counters with(int column, Counter counter) {
        Counter known = byColumn.get(column);
        if (known != null && known.equals(counter)) {
            return this;
        }
        SortedMap<Integer, Counter> after = new TreeMap<>(byColumn);
        after.put(column, counter);
        return new Counters(after);
    }

    /** The same counters under other columns; those with a negative one are left out. */
    public Counters mapped(IntUnaryOperator columns) {
        SortedMap<Integer, Counter> after = new TreeMap<>();
        byColumn.forEach((column, counter) -> {
            int other = columns.applyAsInt(column);
            if (other >= 0) {
                after.put(other, counter);
            }
        });
        return of(after);
    }

    /** One after the highest column. */
    int size() {
        return byColumn.isEmpty() ? 0 : byColumn.lastKey() + 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counters that && byColumn.equals(that.byColumn);
    }

    @Override
    public int hashCode() {
        return byColumn.hashCode();
    }

    @Override
    public String toString() {
        return byColumn.toString();
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.ColumnTypes;
import io.blazedb.sync.internal.merge.Counter;
import io.blazedb.sync.internal.merge.Counters;
import io.blazedb.sync.internal.merge.RowState;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.h2.value.TypeInfo;

/**
 * What merging has to know of values in their comparable form, in the columns that two nodes share: by the types that
 * one of them has declared. For one thread.
 */
final class ComparableTypes implements ColumnTypes {
    private final ColumnTypes types;
    private final ComparableValues comparable;
    private final SyncedTable.Layout layout;
    private final int[] numbers;

    /** @param numbers of the shared columns at the node that declares the types */
    ComparableTypes(ColumnTypes types, ComparableValues comparable, SyncedTable.Layout layout, int[] numbers) {
        this.types = types;
        this.comparable = comparable;
        this.layout = layout;
        this.numbers = numbers.clone();
    }

    /** A row's counters by the shared columns, with what they began with in the comparable form. */
    Counters counters(RowState state) {
        Map<Integer, Counter> shared = new TreeMap<>();
        IntStream.range(0, numbers.length).forEach(column -> {
            Counter counter = state.counters().get(numbers[column]);
            if (counter != null) {
                byte[] base = comparable.of(counter.base(), declared(column));
                shared.put(column, Counter.of(base, counter.shards()));
            }
        });
        return Counters.of(shared);
    }

    private TypeInfo declared(int column) {
        return layout.table().getColumn(layout.ordinalOf(numbers[column])).getType();
    }

    @Override
    public boolean isNull(byte[] value) {
        return types.isNull(comparable.stored(value));
    }

    @Override
    public int compare(int column, byte[] one, byte[] other) {
        return types.compare(numbers[column], comparable.stored(one), comparable.stored(other));
    }

    @Override
    public BigDecimal number(byte[] value) {
        return types.number(comparable.stored(value));
    }

    @Override
    public boolean fits(int column, BigDecimal number) {
        return types.fits(numbers[column], number);
    }

    @Override
    public byte[] value(int column, BigDecimal number) {
        return comparable.of(types.value(numbers[column], number), declared(column));
    }

    @Override
    public byte[] none(int column) {
        return comparable.of(types.none(numbers[column]), declared(column));
    }
}

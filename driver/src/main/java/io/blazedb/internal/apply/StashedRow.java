package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * The values of one row for which its table has no place, by column number, each with the stamp of its version.
 *
 * <p>The row's versions stand where those of every row do. A value here counts as long as its stamp is the one of its
 * version: when the column was written since, here or by somebody who saw it, another value has taken its place.
 * Immutable.
 */
record StashedRow(Map<Integer, Entry> entries) {
    static final StashedRow EMPTY = new StashedRow(Map.of());

    /** A value and which transaction wrote it. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Entry(Stamp stamp, byte[] value) {}

    /** What is known of the values of some columns of a row in this state. */
    static StashedRow of(RowState state, RowValues values, IntPredicate columns) {
        Map<Integer, Entry> entries = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.value(i);
            if (value.length > 0 && columns.test(i)) {
                entries.put(i, new Entry(state.version(i).stamp(), value));
            }
        }
        return new StashedRow(entries);
    }

    /** Every column for which a table has no place; all of them when it is not here. */
    static IntPredicate withoutPlace(SyncedTable.Layout layout) {
        return column -> {
            int ordinal = layout.ordinalOf(column);
            return ordinal < 0 || layout.generated().get(ordinal);
        };
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether the value of this column is the one of the row's version. */
    boolean holds(int column, RowState state) {
        Entry entry = entries.get(column);
        return entry != null && entry.stamp().equals(state.version(column).stamp());
    }

    /** The values of a row, and in their place those of here that count. */
    RowValues over(RowValues values, RowState state) {
        int size = values.size();
        for (int column : entries.keySet()) {
            size = Math.max(size, column + 1);
        }
        byte[][] all = new byte[size][];
        Arrays.setAll(all, values::value);
        entries.forEach((column, entry) -> {
            if (holds(column, state)) {
                all[column] = entry.value();
            }
        });
        return RowValues.of(all);
    }

    /** These entries, and in their place those of the other. */
    StashedRow with(StashedRow other) {
        if (isEmpty()) {
            return other;
        }
        Map<Integer, Entry> both = new TreeMap<>(entries);
        both.putAll(other.entries);
        return new StashedRow(both);
    }

    StashedRow only(IntPredicate columns) {
        Map<Integer, Entry> left = new TreeMap<>(entries);
        left.keySet().removeIf(column -> !columns.test(column));
        return new StashedRow(left);
    }

    byte[] toBytes() {
        RecordBuffer out = new RecordBuffer(64);
        out.putVarint(entries.size());
        entries.forEach((column, entry) -> {
            out.putVarint(column);
            out.putLong(entry.stamp().hlc());
            out.putLong(entry.stamp().origin().high());
            out.putLong(entry.stamp().origin().low());
            out.putBlock(entry.value());
        });
        return out.toByteArray();
    }

    static StashedRow read(byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        Map<Integer, Entry> entries = new TreeMap<>();
        for (int count = in.readCount(); count > 0; count--) {
            int column = (int) in.readVarint();
            Stamp stamp = new Stamp(in.readLong(), new OriginId(in.readLong(), in.readLong()));
            entries.put(column, new Entry(stamp, in.readBlock()));
        }
        return new StashedRow(entries);
    }
}

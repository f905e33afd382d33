package io.blazedb.internal.node;

import io.blazedb.internal.capture.EffectReader;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import java.util.Arrays;
import java.util.BitSet;

/** The values of one row of a record, each as its own bytes. For one thread; reused from row to row. */
final class RowSlices {
    private byte[][] old = new byte[0][];
    private byte[][] now = new byte[0][];
    private final BitSet changed = new BitSet();

    /** Reads the row that the reader stands at, and moves the reader past it. */
    void read(EffectReader row) {
        int columns = row.columns();
        changed.clear();
        if (row.isInsert()) {
            changed.set(0, columns);
        } else if (!row.isGone()) {
            for (int i = 0; i < columns; i++) {
                changed.set(i, row.isChanged(i));
            }
        }
        old = new byte[columns][];
        if (row.withOldValues()) {
            for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
                old[i] = slice(row.input());
            }
        }
        now = new byte[columns][];
        if (row.hasImage()) {
            for (int i = 0; i < columns; i++) {
                now[i] = slice(row.input());
            }
        }
    }

    private static byte[] slice(RecordInput in) {
        int start = in.position();
        ValueCodec.skip(in);
        return Arrays.copyOfRange(in.array(), start, in.position());
    }

    /** The columns that the transaction wrote: all of an inserted row. */
    BitSet changed() {
        return changed;
    }

    /** The value after the transaction; of a row that is gone, its last one. */
    byte[] now(int column) {
        return now[column];
    }

    /** The value before the transaction. */
    byte[] before(int column) {
        byte[] value = old[column];
        return value == null ? now[column] : value;
    }
}
